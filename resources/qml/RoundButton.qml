import QtQuick
import QtQuick.Templates as T

// The round button at the end of the field: hold it to talk, or press it to send.
T.AbstractButton {
    id: button

    property string sign: "mic"
    property bool lit: false

    focusPolicy: Qt.TabFocus
    implicitWidth: Look.px(42)
    implicitHeight: implicitWidth
    Accessible.role: Accessible.Button
    Accessible.name: text
    background: Rectangle {
        radius: width / 2
        color: !button.enabled ? "transparent" : button.lit || button.down ? Look.accent : button.hovered ? Look.selection : Look.paper
        border.width: Look.hairline
        border.color: button.enabled && button.lit ? Look.accent : Look.edge
    }
    contentItem: Item {
        Mark {
            anchors.centerIn: parent
            width: Look.px(20)
            height: width
            sign: button.sign
            weight: 1.9
            color: !button.enabled ? Look.inkPale : button.lit || button.down ? Look.fieldPaper : Look.accent
        }
    }
    FocusRing { on: button.visualFocus; radius: button.width / 2 + 5; anchors.margins: -4 }
}
