import QtQuick
import QtQuick.Templates as T

// A button that is words: the key that does the same, and what it does.
T.AbstractButton {
    id: button

    property string key: ""
    property bool night: false
    readonly property color soft: night ? Look.chalkDim : Look.inkSoft
    readonly property color strong: night ? Look.chalk : Look.ink

    focusPolicy: Qt.TabFocus
    implicitWidth: row.implicitWidth
    implicitHeight: Math.max(24, row.implicitHeight + 6)
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: key ? "key " + key : ""
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Look.px(5)
            Text {
                visible: button.key !== ""
                text: button.key
                textFormat: Text.PlainText
                color: button.night ? Look.chalk : Look.accent
                font.family: button.night ? Look.mono : Look.serif
                font.pixelSize: Look.px(button.night ? 12 : 16)
                font.weight: Font.Medium
                Accessible.ignored: true
            }
            Text {
                text: button.text
                textFormat: Text.PlainText
                color: button.hovered || button.down ? button.strong : button.soft
                font.family: button.night ? Look.mono : Look.serif
                font.pixelSize: Look.px(button.night ? 12 : 16)
                Accessible.ignored: true
            }
        }
    }
    FocusRing { on: button.visualFocus; night: button.night; anchors.margins: -3 }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
