import QtQuick
import QtQuick.Shapes

// A small sign drawn by hand, because no face in use has it: tick, cross, mic, send.
Shape {
    id: mark

    property string sign: "tick"
    property color color: Look.chalk
    property real weight: 1.6
    readonly property var paths: ({
        tick: "M 2 6.5 L 4.8 9.6 L 10 2.4",
        cross: "M 2.6 2.6 L 9.4 9.4 M 9.4 2.6 L 2.6 9.4",
        mic: "M 6 1.2 C 7.5 1.2 8.1 2.2 8.1 3.4 L 8.1 5.4 C 8.1 6.6 7.5 7.5 6 7.5 C 4.5 7.5 3.9 6.6 3.9 5.4 L 3.9 3.4 C 3.9 2.2 4.5 1.2 6 1.2 "
            + "M 2.3 5.4 C 2.3 7.9 3.8 9.2 6 9.2 C 8.2 9.2 9.7 7.9 9.7 5.4 M 6 9.2 L 6 11",
        send: "M 6 10.4 L 6 2 M 2.6 5.2 L 6 1.8 L 9.4 5.2",
    })

    implicitWidth: 12
    implicitHeight: 12
    preferredRendererType: Shape.CurveRenderer
    ShapePath {
        strokeColor: mark.color
        strokeWidth: mark.weight * 12 / mark.width
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin
        scale: Qt.size(mark.width / 12, mark.height / 12)
        PathSvg { path: mark.paths[mark.sign] }
    }
}
