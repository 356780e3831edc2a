import QtQuick
import QtQuick.Templates as T

// A button that is words of any length: a sentence to say, a rule to go to.
T.AbstractButton {
    id: button

    property string sample: ""       // what is said when it is pressed, where something is
    property string told: text       // its name, for who listens

    focusPolicy: Qt.TabFocus
    width: Math.min(implicitWidth, parent ? parent.width : implicitWidth)
    implicitWidth: label.implicitWidth + Look.px(2)
    implicitHeight: Math.max(24, label.height + 6)
    text: "“" + sample + "”"
    Accessible.role: Accessible.Button
    Accessible.name: told
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        Mono {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            width: button.width
            text: button.text
            wrapMode: Text.Wrap
            color: button.hovered || button.visualFocus ? Look.chalkBright : Look.chalkSoft
            size: 12
        }
    }
    FocusRing { on: button.visualFocus; night: true; anchors.margins: -3 }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
