import QtQuick
import QtQuick.Templates as T

// A switch that says what it is: "on" with a full dot, "off" with an empty one.
T.AbstractButton {
    id: button

    property bool on: true
    property string what: ""         // what it switches, for who listens

    signal asked(bool on)

    focusPolicy: Qt.TabFocus
    implicitWidth: row.implicitWidth + Look.px(6)
    implicitHeight: Math.max(24, row.implicitHeight + 6)
    Accessible.role: Accessible.CheckBox
    Accessible.name: what
    Accessible.checkable: true
    Accessible.checked: on
    Accessible.onPressAction: clicked()
    Accessible.onToggleAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    onClicked: asked(!on)

    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: Look.px(6)
            Mono { text: button.on ? "on" : "off"; color: button.hovered ? Look.chalk : Look.chalkSoft; size: 12; anchors.verticalCenter: parent.verticalCenter }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Look.px(10)
                height: width
                radius: width / 2
                color: button.on ? Look.chalkSoft : "transparent"
                border { width: Math.max(1, Look.px(1.5)); color: Look.chalkSoft }
            }
        }
    }
    FocusRing { on: button.visualFocus; night: true; anchors.margins: -3 }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
