import QtQuick

// The numbers under a linear scale of milliseconds; where they would touch, every other one is left out.
Item {
    id: marks

    required property var scale_
    readonly property int count: scale_.marks.length
    readonly property int every: Math.max(1, Math.ceil(widest.implicitWidth * 1.4 / (width / Math.max(1, count - 1))))

    height: Look.px(18)
    Mono { id: widest; visible: false; size: 11; text: marks.scale_.end }
    Rectangle { width: parent.width; height: Look.hairline; color: Look.rule }
    Repeater {
        model: marks.scale_.marks
        Item {
            id: mark
            required property int index
            required property var modelData
            x: modelData.at / marks.scale_.whole * marks.width
            Rectangle { width: Look.hairline; height: Look.px(4); color: Look.chalkDim }
            Mono {
                visible: mark.index % marks.every === 0
                x: Math.max(-mark.x, Math.min(-implicitWidth / 2, marks.width - mark.x - implicitWidth))
                y: Look.px(5)
                text: mark.modelData.shown
                color: Look.chalkDim
                size: 11
            }
        }
    }
}
