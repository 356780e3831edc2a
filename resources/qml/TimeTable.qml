import QtQuick

// What each step took over the session, in milliseconds. In a narrow pane the figures stand below the name.
Column {
    id: table

    required property var rows
    readonly property int count: rows.length
    readonly property bool stacked: width - widest.implicitWidth < Look.px(260)
    readonly property real cell: Math.min(Look.px(86), (width - (stacked ? 0 : widest.implicitWidth + Look.px(12))) / 4)
    readonly property ListModel grown: ListModel {}
    readonly property var figures: ["count", "median", "p95", "longest"]

    // Rows come and go at the end only, so that what has the keyboard keeps it while the turn goes on.
    function grow() {
        while (grown.count < count) grown.append({ at: grown.count })
        if (grown.count > count) grown.remove(count, grown.count - count)
    }

    spacing: Look.px(stacked ? 6 : 2)
    onCountChanged: grow()
    Component.onCompleted: grow()
    Accessible.role: Accessible.List
    Accessible.name: "the steps over this session, in milliseconds"

    Mono { id: widest; visible: false; text: "waited for you to finish"; size: 12.5 }
    Item {
        width: table.width
        height: (table.stacked ? Look.px(18) : 0) + Look.px(22)
        Term { id: step; term: "time_stage"; color: Look.chalkDim; width: Math.min(implicitWidth, parent.width) }
        Repeater {
            model: table.figures
            Term {
                required property int index
                required property string modelData
                y: table.stacked ? Look.px(18) : 0
                x: table.width - (4 - index) * table.cell + table.cell - width
                width: Math.min(implicitWidth, table.cell - Look.px(4))
                term: "time_" + modelData
                color: Look.chalkDim
            }
        }
        Rectangle { anchors { left: parent.left; right: parent.right; bottom: parent.bottom; bottomMargin: Look.px(2) } height: 1; color: Look.rule }
    }
    Repeater {
        model: grown
        Item {
            id: row
            required property int index
            readonly property var step: table.rows[index] || { told: "", term: "", name: "", count: "", median: "", p95: "", longest: "" }
            objectName: "timeRow_" + step.term
            width: table.width
            height: Look.px(table.stacked ? 40 : 22)
            Accessible.role: Accessible.ListItem
            Accessible.name: step.told
            Term {
                stop: false
                width: table.stacked ? Math.min(implicitWidth, table.width) : table.width - 4 * table.cell - Look.px(8)
                term: row.step.term
                text: row.step.name
                color: row.step.term === "time_first_sound" ? Look.chalkBright : Look.chalk
                size: 12.5
            }
            Repeater {
                model: table.figures
                Mono {
                    required property int index
                    required property string modelData
                    y: table.stacked ? Look.px(18) : 0
                    x: table.width - (4 - index) * table.cell
                    width: table.cell
                    horizontalAlignment: Text.AlignRight
                    text: row.step[modelData]
                    color: modelData === "count" ? Look.chalkDim : Look.chalkSoft
                    size: 12.5
                }
            }
        }
    }
}
