import QtQuick
import QtQuick.Templates as T

// A button that is words, in as many lines as they need: the key that does the same, and what it does. Boxed where it does
// more than show something.
T.AbstractButton {
    id: button

    property string key: ""
    property bool night: false
    property bool boxed: false
    readonly property color soft: night ? Look.chalkSoft : Look.inkSoft
    readonly property color strong: night ? Look.chalkBright : Look.ink
    readonly property real pad: boxed ? Look.px(9) : 0
    readonly property bool lit: enabled && (hovered || down)

    focusPolicy: Qt.TabFocus
    readonly property real before: key ? caps.implicitWidth + (text ? Look.px(5) : 0) : 0
    implicitWidth: before + Math.ceil(metrics.advanceWidth) + 1 + 2 * pad
    implicitHeight: Math.max(24, row.height + (boxed ? Look.px(8) : 6))
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: key ? "key " + key : ""
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    TextMetrics { id: metrics; text: button.text; font: label.font }
    background: Rectangle {
        visible: button.boxed
        radius: Look.px(5)
        color: button.lit ? Look.raised : "transparent"
        border { width: Look.hairline; color: button.enabled ? Look.chalkDim : Look.rule }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Look.px(5)
            Text {
                id: caps
                visible: button.key !== ""
                width: button.key ? implicitWidth : 0
                text: button.key
                textFormat: Text.PlainText
                color: button.night ? Look.chalk : Look.accent
                font.family: button.night ? Look.mono : Look.serif
                font.pixelSize: Look.px(button.night ? 12 : 16)
                font.weight: Font.Medium
                Accessible.ignored: true
            }
            Text {
                id: label
                visible: text !== ""
                width: Math.max(0, Math.min(Math.ceil(metrics.advanceWidth) + 1, button.width - 2 * button.pad - button.before))
                text: button.text
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: button.lit ? button.strong : button.boxed ? Look.chalk : button.soft
                font.family: button.night ? Look.mono : Look.serif
                font.pixelSize: Look.px(button.night ? 12 : 16)
                Accessible.ignored: true
            }
        }
    }
    FocusRing { on: button.visualFocus; night: button.night; anchors.margins: button.boxed ? -4 : -3 }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
