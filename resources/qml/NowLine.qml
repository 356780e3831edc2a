import QtQuick

// The line below a word, by origin: the kind of line says the same as its color, so that color is never alone.
Item {
    id: line

    property string kind: ""         // mirrored: thick; remembered: double; computed: dashed; author: thin
    property color color: Look.chalk
    property int thick: 3
    readonly property int thin: Math.max(1, Math.round(thick / 3))
    readonly property real dash: thick * 2.5

    implicitWidth: Look.px(20)
    implicitHeight: thick + 1
    clip: kind === "computed"

    Rectangle {
        y: line.kind === "author" ? Math.round((line.thick - height) / 2) : 0
        visible: line.kind !== "computed"
        width: parent.width
        height: line.kind === "author" || line.kind === "remembered" ? line.thin : line.thick
        color: line.color
    }
    Rectangle {
        y: line.thin * 2 + 1
        visible: line.kind === "remembered"
        width: parent.width
        height: line.thin
        color: line.color
    }
    Repeater {
        model: line.kind === "computed" ? Math.ceil(line.width / (line.dash * 1.6)) : 0
        Rectangle {
            required property int index
            x: index * line.dash * 1.6
            width: line.dash
            height: Math.max(2, line.thick - 1)
            color: line.color
        }
    }
}
