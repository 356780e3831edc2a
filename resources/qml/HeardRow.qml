import QtQuick

// The words as they were heard: under each a line as long as its confidence; below, the other readings.
Column {
    id: heard

    required property var rich
    property var marked: []          // which words are looked for, counted from 0

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
                readonly property bool used: modelData.used !== false
                readonly property bool sought: (modelData.indices || []).some(at => heard.marked.includes(at))
                width: Math.max(text.implicitWidth, figure.implicitWidth)
                Mono {
                    id: text
                    anchors.horizontalCenter: parent.horizontalCenter
                    text: one.modelData.text
                    color: one.used ? one.sought ? Look.chalkBright : Look.chalk : Look.chalkDim
                    size: 13.5
                    font.strikeout: !one.used
                    Rectangle {
                        z: -1
                        visible: one.sought
                        anchors { fill: parent; margins: -Look.px(3) }
                        radius: 4
                        color: "transparent"
                        border { width: 2; color: Look.focusRight }
                    }
                }
                Item {
                    visible: one.modelData.confidence >= 0
                    width: parent.width
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
                    id: figure
                    visible: text !== ""
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
                text: (other.modelData.label || other.modelData.rank) + (other.modelData.label ? ":" : ".")
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
