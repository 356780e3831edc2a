import QtQuick

// The words as they were heard: under each a line as long as its confidence; below, the other readings.
Column {
    id: heard

    required property var rich

    function short(number: real): string {
        return number < 0 ? "" : number >= 0.995 ? "1" : number.toFixed(2).slice(1)
    }

    spacing: Look.px(6)
    Flow {
        width: parent.width
        spacing: Look.px(9)
        Repeater {
            model: heard.rich.words || []
            Column {
                id: one
                required property var modelData
                Mono {
                    id: text
                    text: one.modelData.text
                    color: Look.chalk
                    size: 13.5
                }
                Item {
                    width: text.width
                    height: Look.px(5)
                    Rectangle { y: Look.px(1); width: parent.width; height: Look.px(3); radius: 1.5; color: Look.rule }
                    Rectangle {
                        y: Look.px(1)
                        width: parent.width * Math.max(0, one.modelData.confidence)
                        height: Look.px(3)
                        radius: 1.5
                        color: Look.chalkSoft
                        opacity: 0.35 + 0.65 * Math.max(0, one.modelData.confidence)
                    }
                }
                Mono {
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: heard.short(one.modelData.confidence)
                    color: Look.chalkDim
                    size: 10.5
                }
            }
        }
    }
    Repeater {
        model: heard.rich.others || []
        Flow {
            id: other
            required property var modelData
            width: heard.width
            spacing: Look.px(7)
            Mono {
                text: other.modelData.rank + "."
                color: Look.chalkDim
                size: 12
            }
            Repeater {
                model: other.modelData.words
                Mono {
                    required property var modelData
                    text: modelData.text
                    color: modelData.differs ? Look.glow : Look.chalkDim
                    size: 12
                    font.underline: modelData.differs
                }
            }
            Mono {
                text: heard.short(other.modelData.confidence)
                color: Look.chalkDim
                size: 10.5
            }
        }
    }
}
