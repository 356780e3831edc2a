import QtQuick

// Days side by side. Left and Right walk them; what stands there is told below, and to who listens.
FocusScope {
    id: chart

    property var columns: []
    property string what: ""         // what is drawn
    property string told: "said"     // which words of a column tell it
    property Component drawing       // one column: its parent has `column`, and `before`, the one on its left
    property real plotHeight: Look.px(120)
    property var grid: []            // heights of lines across, as shares from the bottom, with their figure
    property int at: -1
    readonly property int shown: Math.max(0, Math.min(columns.length - 1, at < 0 ? columns.length - 1 : at))
    readonly property string words: columns.length ? columns[shown][told] : ""
    readonly property real gutter: grid.length ? Look.px(20) : 0
    readonly property real step: columns.length ? Math.min(Look.px(28), (width - gutter) / columns.length) : 0

    function walk(by: int) { at = Math.max(0, Math.min(columns.length - 1, shown + by)) }

    width: parent ? parent.width : 0
    implicitHeight: plotHeight + Look.px(6) + readout.height
    height: implicitHeight
    activeFocusOnTab: true
    Accessible.role: Accessible.Chart
    Accessible.name: what + ": " + words
    Accessible.description: "Left and Right walk the days"
    Accessible.focusable: true
    Keys.onLeftPressed: walk(-1)
    Keys.onRightPressed: walk(1)
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Home && event.key !== Qt.Key_End) return
        at = event.key === Qt.Key_Home ? 0 : columns.length - 1
        event.accepted = true
    }

    Repeater {
        model: chart.grid
        Item {
            required property var modelData
            width: chart.width
            y: Math.round(chart.plotHeight * (1 - modelData.share))
            Mono { anchors.verticalCenter: line.verticalCenter; text: modelData.figure; color: Look.chalkDim; size: 10.5 }
            Rectangle { id: line; x: chart.gutter; width: parent.width - x; height: 1; color: Look.rule; opacity: 0.7 }
        }
    }
    Row {
        id: plot
        x: chart.gutter
        height: chart.plotHeight
        Repeater {
            model: chart.columns.length
            Item {
                id: one
                required property int index
                readonly property var nothing: ({ turns: 0, hers: 0, his: 0, shares: [0, 0, 0, 0] })
                width: chart.step
                height: plot.height
                Rectangle {
                    visible: one.index === chart.shown && chart.at >= 0
                    anchors.fill: parent
                    color: Look.raised
                }
                Loader {
                    anchors.fill: parent
                    readonly property var column: chart.columns[one.index] || one.nothing
                    readonly property var before: one.index ? chart.columns[one.index - 1] || one.nothing : null
                    sourceComponent: chart.drawing
                }
                HoverHandler { onHoveredChanged: if (hovered) chart.at = one.index }
            }
        }
    }
    Mono {
        id: readout
        objectName: "readout"
        y: chart.plotHeight + Look.px(6)
        width: parent.width
        text: chart.words
        wrapMode: Text.Wrap
        color: Look.chalkSoft
        size: 12
    }
    FocusRing { on: chart.activeFocus; night: true; anchors.margins: -4 }
}
