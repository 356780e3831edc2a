import QtQuick

// All rules in force as a tree to look in, and one of them laid open: beside it, below it, or instead of it.
FocusScope {
    id: pane

    required property var page
    required property var pages
    readonly property real margin: Look.px(width < 560 ? 20 : 36)
    readonly property bool laid: page.chosen.id !== undefined
    readonly property bool wide: width > Look.px(940)
    readonly property bool alone: !wide && height < Look.px(460)
    readonly property bool treeShown: !(alone && laid)

    function walk(by: int) { if (treeShown) { tree.forceActiveFocus(Qt.TabFocusReason); tree.walk(by) } }
    function open() { page.choose(tree.currentIndex) }
    function look(letters: string) {
        field.input.forceActiveFocus(Qt.TabFocusReason)
        field.input.cursorPosition = field.text.length
        field.input.insert(field.text.length, letters)
        later.restart()
    }

    Connections {
        target: pane.page
        function onLanded(line) { Qt.callLater(() => { tree.forceLayout(); tree.go(line); tree.positionViewAtIndex(line, ListView.Center) }) }
        function onChosenChanged() { if (pane.laid && pane.visible) pane.Accessible.announce("shown: " + pane.page.chosen.id) }
        function onChanged() { if (field.text !== pane.page.sought && !later.running) field.text = pane.page.sought }
    }
    Timer { id: later; interval: 150; onTriggered: pane.page.find(field.text) }

    Item {
        id: head
        visible: pane.treeShown
        anchors { top: parent.top; left: parent.left; leftMargin: pane.margin }
        width: (pane.wide && pane.laid ? Math.round(pane.width * 0.42) : pane.width - pane.margin) - pane.margin
        height: field.height + Look.px(6) + note.height + Look.px(8)
        PaneField {
            id: field
            objectName: "rulesField"
            width: parent.width
            focus: true
            quiet: true
            label: "look for rules by name, sample, template or wording"
            placeholder: "look for a rule, a sample, a wording"
            onEdited: later.restart()
            onAccepted: { later.stop(); pane.page.find(text); tree.forceActiveFocus(Qt.TabFocusReason) }
            Keys.onDownPressed: { tree.forceActiveFocus(Qt.TabFocusReason); if (tree.currentIndex < 0) tree.go(0) }
        }
        Mono {
            id: note
            told: true
            objectName: "rulesNote"
            y: field.height + Look.px(8)
            width: parent.width
            wrapMode: Text.Wrap
            text: !pane.page.recorded ? "No record is kept here, so no rules can be read." : pane.page.note || pane.page.summary
            color: Look.chalkDim
            size: 11.5
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    RulesTree {
        id: tree
        page: pane.page
        visible: pane.treeShown
        anchors { top: head.bottom; left: parent.left; leftMargin: pane.margin - Look.px(8) }
        width: head.width + Look.px(8)
        height: !pane.laid || pane.wide || pane.alone ? pane.height - y : Math.round((pane.height - y) * 0.4)
        onLookedFor: letters => pane.look(letters)
    }
    Rectangle {
        visible: pane.laid && pane.treeShown
        x: pane.wide ? tree.x + tree.width + Look.px(16) : pane.margin
        y: pane.wide ? 0 : tree.y + tree.height + Look.px(4)
        width: pane.wide ? Look.hairline : pane.width - 2 * pane.margin
        height: pane.wide ? pane.height : Look.hairline
        color: Look.rule
    }
    Item {
        visible: pane.laid
        x: pane.wide ? tree.x + tree.width + Look.px(4) : 0
        y: pane.wide || pane.alone ? 0 : tree.y + tree.height + Look.px(10)
        width: pane.width - x
        height: pane.height - y
        RulesOne {
            page: pane.page
            alone: pane.alone
            onTreeAsked: { pane.page.leave(); tree.forceActiveFocus(Qt.TabFocusReason) }
        }
    }
}
