import QtQuick

// Three pixels around whatever has the keyboard.
Rectangle {
    property bool on: false
    property bool night: false
    anchors.fill: parent
    anchors.margins: -5
    visible: on
    color: "transparent"
    border.width: 3
    border.color: night ? Look.focusRight : Look.focusLeft
    radius: 8
}
