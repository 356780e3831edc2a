import QtQuick

// Won or lost, drawn from two strokes each: rectangles, because a Shape in a list is not clipped by the software renderer.
Item {
    id: verdict

    property bool won: false
    property color color: Look.chalk
    readonly property var strokes: won ? [[2, 6.5, 4.8, 9.6], [4.8, 9.6, 10, 2.4]] : [[2.6, 2.6, 9.4, 9.4], [9.4, 2.6, 2.6, 9.4]]

    implicitWidth: 12
    implicitHeight: 12
    Repeater {
        model: verdict.strokes
        Rectangle {
            required property var modelData
            readonly property real unit: verdict.width / 12
            readonly property real across: (modelData[2] - modelData[0]) * unit
            readonly property real down: (modelData[3] - modelData[1]) * unit
            x: modelData[0] * unit
            y: modelData[1] * unit - height / 2
            width: Math.hypot(across, down)
            height: 1.6 * unit
            radius: height / 2
            color: verdict.color
            antialiasing: true
            transformOrigin: Item.Left
            rotation: Math.atan2(down, across) * 180 / Math.PI
        }
    }
}
