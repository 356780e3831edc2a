import QtQuick

// The length of a stage against 200 ms, the gap that people leave between turns.
Item {
    id: bar

    required property var rich
    readonly property real scale_: width / 400

    implicitWidth: Look.px(110)
    implicitHeight: Look.px(12)
    Rectangle { y: parent.height / 2 - 0.5; width: parent.width; height: 1; color: Look.rule }
    Rectangle {
        y: parent.height / 2 - height / 2
        width: Math.max(2, Math.min(bar.width, (bar.rich.ms || 0) * bar.scale_))
        height: Look.px(6)
        radius: 2
        color: Look.chalkSoft
    }
    Rectangle { x: 200 * bar.scale_; width: 1; height: parent.height; color: Look.glow }
}
