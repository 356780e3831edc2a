import QtQuick

// What the turn changed or looked up, a line each. One stop for Tab: Up and Down walk, Enter goes there.
FocusScope {
    id: changed

    required property var told
    property var marked: []          // numbers of entries that are looked for
    property int current: 0
    readonly property var rows: told.rows || []
    readonly property bool stacked: width < Look.px(420)

    signal go(string tab, string target)
    signal reveal(var item)

    function walk(by: int) {
        current = Math.max(0, Math.min(rows.length - 1, current + by))
        reveal(list.itemAt(current))
    }
    function open() { if (rows[current]) go(rows[current].jump[0], rows[current].jump[1]) }

    width: parent ? parent.width : 0
    implicitHeight: column.height
    activeFocusOnTab: rows.length > 0
    onRowsChanged: current = Math.min(current, Math.max(0, rows.length - 1))
    Accessible.role: Accessible.List
    Accessible.name: "what changed"
    Accessible.description: "Up and Down walk, Enter goes to what it is about"
    Keys.onUpPressed: walk(-1)
    Keys.onDownPressed: walk(1)
    Keys.onReturnPressed: open()
    Keys.onEnterPressed: open()
    Keys.onSpacePressed: open()

    Column {
        id: column
        width: parent.width
        spacing: Look.px(2)
        Repeater {
            id: list
            model: changed.rows
            Item {
                id: row
                required property var modelData
                required property int index
                readonly property bool here: changed.activeFocus && changed.current === index
                readonly property bool sought: changed.marked.includes(modelData.seq)
                width: column.width
                height: text.y + text.height + Look.px(3)
                Accessible.role: Accessible.ListItem
                Accessible.name: modelData.what + ": " + modelData.text
                Accessible.focusable: true
                Accessible.focused: here
                Accessible.onPressAction: changed.go(modelData.jump[0], modelData.jump[1])
                Mono {
                    id: what
                    text: row.modelData.what
                    color: row.sought ? Look.glow : Look.chalkDim
                    size: 12
                }
                Mono {
                    id: text
                    x: changed.stacked ? 0 : Look.px(84)
                    y: changed.stacked ? what.height : 0
                    width: parent.width - x
                    text: row.modelData.text
                    wrapMode: Text.Wrap
                    maximumLineCount: row.here || over.hovered ? 1000 : 3
                    elide: Text.ElideRight
                    color: row.sought || over.hovered ? Look.chalkBright : Look.chalk
                    size: 12.5
                    font.underline: over.hovered
                }
                HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
                TapHandler { onTapped: changed.go(row.modelData.jump[0], row.modelData.jump[1]) }
                FocusRing { on: row.here || row.sought; night: true; anchors.margins: -3 }
            }
        }
    }
}
