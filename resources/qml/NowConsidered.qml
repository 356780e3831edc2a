import QtQuick

// Every rule that was considered, in its order. One stop for Tab: Up and Down walk, Left and Right choose what Enter does.
FocusScope {
    id: considered

    required property var told
    property int turn: 0
    property bool all: false
    property int current: 0
    property int most: 0             // rows made so far: they are used again, for making them takes time
    property bool asks: false        // Enter asks why not, instead of opening the rule
    readonly property int shortest: 5
    readonly property var groups: told.groups || []
    readonly property var rows: groups.reduce((rows, group) => rows.concat(group.rows.slice(0, all ? undefined : shortest)
        .map((row, at) => Object.assign({ head: at ? "" : group.head }, row))), [])
    readonly property int hidden: groups.reduce((sum, group) => sum + group.rows.length, 0) - rows.length

    signal go(string tab, string target)

    function open() {
        const row = rows[current]
        if (row) asks && !row.won ? go("whatif", "whynot:" + row.rule) : go("rules", row.rule)
    }
    function walk(by: int) {
        current = Math.max(0, Math.min(rows.length - 1, current + by))
        reveal(list.itemAt(current))
    }

    signal reveal(var item)

    width: parent ? parent.width : 0
    implicitHeight: column.height
    onRowsChanged: most = Math.max(most, rows.length)
    onTurnChanged: { all = false; current = 0; asks = false }

    Column {
        id: column
        width: parent.width
        spacing: Look.px(2)
        FocusScope {
            id: keys
            objectName: "considered"
            width: parent.width
            height: lines.height
            activeFocusOnTab: considered.rows.length > 0
            Accessible.role: Accessible.List
            Accessible.name: "rules considered"
            Accessible.description: "Up and Down walk, Enter opens the rule; Right, then Enter, asks why it did not win"
            Keys.onUpPressed: considered.walk(-1)
            Keys.onDownPressed: considered.walk(1)
            Keys.onLeftPressed: considered.asks = false
            Keys.onRightPressed: considered.asks = true
            Keys.onReturnPressed: considered.open()
            Keys.onEnterPressed: considered.open()
            Keys.onSpacePressed: considered.open()
            Column {
                id: lines
                width: parent.width
                Repeater {
                    id: list
                    model: considered.most
                    Column {
                        id: line
                        required property int index
                        readonly property var row: considered.rows[index] || { head: "", won: false, rule: "", reason: "", short: "" }
                        visible: index < considered.rows.length
                        width: lines.width
                        Mono {
                            visible: line.row.head !== ""
                            topPadding: Look.px(6)
                            text: line.row.head
                            color: Look.chalkDim
                            size: 11.5
                            told: visible
                            Accessible.role: Accessible.StaticText
                            Accessible.name: text
                        }
                        NowRule {
                            width: parent.width
                            row: line.row
                            here: keys.activeFocus && considered.current === line.index
                            asks: considered.asks
                            onOpened: considered.go("rules", row.rule)
                            onAsked: considered.go("whatif", "whynot:" + row.rule)
                        }
                    }
                }
            }
            onActiveFocusChanged: if (activeFocus && considered.current >= considered.rows.length) considered.current = 0
        }
        WordButton {
            objectName: "moreRules"
            night: true
            visible: considered.hidden > 0 || considered.all
            text: considered.all ? "only the first " + considered.shortest : "and " + considered.hidden + " more"
            Accessible.name: considered.all ? "show only the first rules" : "show " + considered.hidden + " more rules"
            onClicked: considered.all = !considered.all
        }
    }
}
