import QtQuick

// One technique: how often and when, a bar a day, what followed, and its switch.
Item {
    id: row

    required property var use
    required property bool on
    readonly property bool used: use.bars !== undefined
    readonly property bool beside: used && width > Look.px(540)
    readonly property bool stacked: width < Look.px(400)
    readonly property real barsWidth: used ? use.bars.length * Look.px(6) : 0
    property bool unfolded: false

    signal switched(bool on)

    width: parent ? parent.width : 0
    implicitHeight: column.height + Look.px(used ? 12 : 4)
    height: implicitHeight

    Column {
        id: column
        width: parent.width
        spacing: Look.px(4)

        Item {
            width: parent.width
            height: row.stacked ? heads.height + end.height : Math.max(heads.height, Look.px(22))
            Mono { text: row.use.id; color: Look.chalkDim }
            Flow {
                id: heads
                x: Look.px(40)
                width: parent.width - x - (row.stacked ? 0 : end.width + Look.px(16))
                spacing: Look.px(10)
                LedgerTechnique {
                    width: Math.min(implicitWidth, parent.width)
                    name: row.use.name
                    says: row.use.says
                    color: row.on ? Look.chalkBright : Look.chalkSoft
                }
                Term { width: Math.min(implicitWidth, parent.width); stop: false; term: row.use.term; text: row.use.kind; color: Look.chalkDim; size: 12 }
            }
            Row {
                id: end
                x: row.stacked ? Look.px(40) : parent.width - width
                y: row.stacked ? heads.height : -Look.px(4)
                spacing: Look.px(14)
                WordButton {
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "more-" + row.use.id
                    visible: row.used
                    night: true
                    text: row.unfolded ? "more ▾" : "more ▸"
                    Accessible.name: "all that followed " + row.use.id + " " + row.use.name
                    Accessible.description: row.unfolded ? "open" : "closed"
                    onClicked: row.unfolded = !row.unfolded
                }
                Switch_ {
                    anchors.verticalCenter: parent.verticalCenter
                    objectName: "switch-" + row.use.id
                    visible: row.use.switchable
                    on: row.on
                    what: row.use.id + " " + row.use.name
                    onAsked: yes => row.switched(yes)
                }
                Line { anchors.verticalCenter: parent.verticalCenter; width: undefined; visible: !row.use.switchable; text: row.use.fixed }
            }
        }
        Item {
            visible: row.used
            x: Look.px(40)
            width: parent.width - x
            height: Math.max(facts.height, row.beside ? bars.height : facts.height + Look.px(6) + bars.height)
            Column {
                id: facts
                width: row.beside ? parent.width - row.barsWidth - Look.px(18) : parent.width
                spacing: Look.px(3)
                Line { width: parent.width; text: row.use.often || ""; color: Look.chalk }
                Repeater {
                    model: row.use.followed ? row.use.followed.length : 0
                    Line {
                        required property int index
                        readonly property var measure: row.use.followed && row.use.followed[index] || { said: "", tells: false }
                        width: facts.width
                        text: measure.said
                        color: measure.tells ? Look.chalkBright : Look.chalkDim
                    }
                }
            }
            Row {
                id: bars
                objectName: "bars-" + row.use.id
                readonly property var counts: row.use.bars || []
                readonly property int most: Math.max(1, ...counts)
                x: row.beside ? parent.width - width : 0
                y: row.beside ? 0 : facts.height + Look.px(6)
                height: Look.px(30)
                spacing: Look.px(6) - Look.px(4)
                Accessible.role: Accessible.Chart
                Accessible.name: row.use.barsSaid || ""
                Repeater {
                    model: bars.counts.length
                    Item {
                        required property int index
                        readonly property int count: bars.counts[index] || 0
                        width: Look.px(4)
                        height: bars.height
                        Rectangle {
                            anchors.bottom: parent.bottom
                            width: parent.width
                            height: parent.count ? Math.max(Look.px(3), parent.height * parent.count / bars.most) : Look.hairline
                            color: parent.count ? Look.chalkSoft : Look.rule
                        }
                    }
                }
            }
        }
        Line {
            visible: row.unfolded
            x: Look.px(40)
            width: parent.width - x
            text: row.use.detail || ""
            color: Look.chalkSoft
            lineHeight: 1.25
        }
    }
    Rectangle { visible: row.used; anchors.bottom: parent.bottom; width: parent.width; height: Look.hairline; color: Look.rule; opacity: 0.6 }

    component Line: Mono {
        told: visible
        wrapMode: Text.Wrap
        size: 12
        color: Look.chalkDim
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
