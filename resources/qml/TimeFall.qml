import QtQuick

// The waterfall: a row for each step, all on one linear scale in milliseconds that begins at his last word.
Item {
    id: fall

    required property var bars
    readonly property int count: bars.length
    required property var scale_
    required property string zero
    required property int people
    readonly property real labels: Look.px(122)
    readonly property bool stacked: width - widest.implicitWidth - labels < Look.px(220)
    readonly property real nameWidth: stacked ? 0 : widest.implicitWidth + Look.px(18)
    readonly property real span: width - nameWidth - labels
    readonly property real rowHeight: Look.px(stacked ? 44 : 26)
    readonly property real rowsAt: head.height + Look.px(6)

    // Rows come and go at the end only, so that what has the keyboard keeps it while the turn goes on.
    function grow() {
        while (grown.count < count) grown.append({ at: grown.count })
        if (grown.count > count) grown.remove(count, grown.count - count)
    }
    function place(ms: real): real { return nameWidth + ms / scale_.whole * span }

    implicitHeight: axis.y + axis.height
    height: implicitHeight
    onCountChanged: grow()
    Component.onCompleted: grow()
    Accessible.role: Accessible.List
    Accessible.name: "the turn, step by step; " + zero + "; linear, 0 to " + scale_.end + " milliseconds"

    ListModel { id: grown }
    Mono { id: widest; visible: false; text: "waited for you to finish"; size: 12.5 }

    Term {
        id: head
        objectName: "timeGap"
        term: "time_gap"
        color: Look.glow
        width: Math.min(implicitWidth, fall.width)
        x: Math.min(fall.place(fall.people) + Look.px(6), fall.width - width)
    }
    Repeater {
        model: fall.scale_.marks
        Rectangle {
            required property var modelData
            visible: !fall.stacked
            x: Math.round(fall.place(modelData.at))
            y: fall.rowsAt
            width: 1
            height: fall.bars.length * fall.rowHeight
            color: Look.rule
            opacity: Look.sharp ? 0.4 : 0.6
        }
    }
    Repeater {
        model: grown
        Item {
            id: row

            required property int index
            readonly property var bar: fall.bars[index] || { stage: "", told: "", shown: "", term: "", name: "", kind: "", ms: 0, from: 0, to: 0 }
            readonly property real begins: fall.place(bar.from)
            readonly property real ends: fall.place(bar.to)

            objectName: "timeBar_" + bar.stage
            y: fall.rowsAt + index * fall.rowHeight
            width: fall.width
            height: fall.rowHeight
            Accessible.role: Accessible.ListItem
            Accessible.name: bar.told

            Term {
                y: fall.stacked ? 0 : (parent.height - height) / 2
                width: fall.stacked ? Math.min(implicitWidth, fall.width) : fall.nameWidth - Look.px(12)
                term: row.bar.term
                text: row.bar.name
                color: row.bar.kind === "first" ? Look.chalkBright : Look.chalk
                size: 12.5
            }
            Item {
                y: fall.stacked ? Look.px(20) : 0
                width: parent.width
                height: Look.px(fall.stacked ? 22 : 26)
                Rectangle {
                    objectName: "timeBlock"
                    x: row.begins
                    width: Math.max(2, row.ends - row.begins)
                    height: Look.px(row.bar.kind === "first" ? 4 : 12)
                    anchors.verticalCenter: parent.verticalCenter
                    radius: 2
                    color: row.bar.kind === "waited" ? Look.raised : row.bar.kind === "first" ? Look.chalkDim : Look.chalkSoft
                    border { width: row.bar.kind === "waited" ? Look.hairline : 0; color: Look.chalkDim }
                }
                Rectangle {
                    visible: row.bar.kind === "first"
                    x: row.ends - width / 2
                    width: Look.px(10)
                    height: width
                    radius: width / 2
                    anchors.verticalCenter: parent.verticalCenter
                    color: Look.chalkBright
                }
                Gap { height: parent.height }
                Mono {
                    x: Math.min(Math.max(row.ends, row.begins + 2) + Look.px(row.bar.kind === "first" ? 12 : 8), fall.width - implicitWidth)
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.bar.shown
                    color: row.bar.kind === "first" ? Look.chalkBright : Look.chalkSoft
                    size: 12
                }
            }
        }
    }
    Gap { y: Look.px(2); height: fall.rowsAt - y }
    Item {
        id: axis
        y: fall.rowsAt + fall.bars.length * fall.rowHeight
        width: fall.width
        height: told.y + told.height + Look.px(8)
        TimeMarks { id: marks; x: fall.nameWidth; width: fall.span; scale_: fall.scale_ }
        Mono {
            id: told
            y: marks.height + Look.px(4)
            width: parent.width
            leftPadding: fall.nameWidth
            wrapMode: Text.Wrap
            text: fall.zero + " · milliseconds, linear"
            color: Look.chalkDim
            size: 11
        }
    }

    component Gap: Rectangle {
        x: Math.round(fall.place(fall.people))
        width: Look.hairline
        color: Look.glow
    }
}
