import QtQuick

// A stroke for each time she sounded after his last word; where several fall together, the stroke is taller.
Item {
    id: strip

    required property var sounds
    required property int people
    readonly property var scale_: sounds.scale || { whole: 1, end: "", marks: [] }
    readonly property real tall: Look.px(34)

    objectName: "timeSounds"
    implicitHeight: axis.y + axis.height + told.height + Look.px(12)
    height: implicitHeight
    Accessible.role: Accessible.Graphic
    Accessible.name: sounds.told || ""

    Repeater {
        model: strip.sounds.ticks || []
        Rectangle {
            required property var modelData
            x: Math.round(modelData.at * strip.width - width / 2)
            width: Math.max(2, Math.floor(strip.width / 150) - 1)
            height: strip.tall * (0.3 + 0.7 * modelData.weight)
            y: axis.y - height
            color: Look.chalkSoft
        }
    }
    Rectangle {
        x: Math.round((strip.sounds.median || 0) / strip.scale_.whole * strip.width)
        width: Look.px(9)
        height: Look.px(9)
        radius: width / 2
        transform: Translate { x: -Look.px(9) / 2 }
        y: axis.y - height / 2
        color: Look.chalkBright
    }
    Rectangle {
        x: Math.round(strip.people / strip.scale_.whole * strip.width)
        width: Look.hairline
        height: axis.y + Look.px(4)
        color: Look.glow
    }
    TimeMarks { id: axis; y: strip.tall + Look.px(8); width: strip.width; scale_: strip.scale_ }
    Mono {
        id: told
        y: axis.y + axis.height + Look.px(4)
        width: parent.width
        wrapMode: Text.Wrap
        text: "milliseconds after your last word · dot: the median · line: the gap people leave"
        color: Look.chalkDim
        size: 11
    }
}
