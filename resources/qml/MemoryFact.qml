import QtQuick

// One fact: its name, what it is, the words that taught it; where it comes from, where it went, and what can be done.
FocusScope {
    id: row

    required property int index
    required property var fact
    required property string subject
    property var page
    property bool live: true
    readonly property bool current: ListView.isCurrentItem
    readonly property bool editing: page.doing.name === fact.name && page.doing.what === "edit"
    readonly property bool asking: page.doing.name === fact.name && page.doing.what === "forget"
    readonly property bool stacked: width < Look.px(430)
    readonly property real at: stacked ? 0 : Look.px(122)
    readonly property real edge: Look.px(10)

    signal chosen()

    function rest() { self_.forceActiveFocus(Qt.TabFocusReason) }
    function times(count: int): string { return count === 0 ? "in no reply yet" : count === 1 ? "in 1 reply" : "in " + count + " replies" }

    width: ListView.view ? ListView.view.width : 0
    height: column.y + column.height + Look.px(13)
    onHeightChanged: if (activeFocus && ListView.view) Qt.callLater(ListView.view.follow)
    onEditingChanged: if (editing) Qt.callLater(begin)
    onAskingChanged: if (asking) Qt.callLater(begin)

    function begin() {
        if (!doing.item) return
        doing.item.begin()
        ListView.view.follow()
    }

    component Small: WordButton {
        night: true
        focusPolicy: row.current || activeFocus ? Qt.TabFocus : Qt.NoFocus
    }

    component Part: Item {
        width: childrenRect.width + Look.px(18)
        height: childrenRect.height
    }

    Rectangle {
        anchors { fill: parent; bottomMargin: Look.px(4) }
        radius: 6
        visible: over.hovered || self_.activeFocus
        color: Look.raised
        border { width: self_.activeFocus ? 3 : 0; color: Look.focusRight }
    }
    HoverHandler { id: over }
    TapHandler { onTapped: { row.chosen(); row.rest() } }

    Item {
        id: self_
        objectName: "fact-" + row.fact.name
        anchors.fill: parent
        focus: true
        activeFocusOnTab: row.current || activeFocus
        Accessible.role: Accessible.ListItem
        Accessible.name: row.subject + ", " + row.fact.predicate + ": " + row.fact.object + ". You said: " + row.fact.words + ", " + row.fact.when
        Accessible.description: "Enter shows the replies it has shaped" + (row.live ? ", E edits it, Delete forgets it" : "")
        Accessible.selectable: true
        Accessible.selected: row.current
        Accessible.focusable: true
        Keys.onPressed: event => {
            if (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)) return
            if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) row.page.unfold_replies(row.fact.name)
            else if (event.key === Qt.Key_E && row.live) row.page.edit(row.fact.name)
            else if (event.key === Qt.Key_Delete && row.live) row.page.ask(row.fact.name)
            else return
            event.accepted = true
        }
    }
    Mono {
        id: name
        x: row.edge
        y: Look.px(row.stacked ? 6 : 12)
        width: row.stacked ? row.width - 2 * row.edge : row.at - Look.px(14)
        text: row.fact.predicate
        wrapMode: Text.Wrap
        color: Look.chalkDim
    }
    Column {
        id: column
        x: row.edge + row.at
        y: row.stacked ? name.y + name.height + Look.px(2) : Look.px(5)
        width: row.width - x - row.edge
        spacing: Look.px(5)

        Item {
            visible: !row.editing
            width: parent.width
            height: object.height + Look.px(4)
            Text {
                id: object
                width: Math.min(implicitWidth, parent.width - (acts.visible ? acts.width + Look.px(16) : 0))
                text: row.fact.object
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: Look.chalkBright
                font { family: Look.serif; pixelSize: Look.px(20) }
                Accessible.ignored: true
            }
            Rectangle { y: object.height + 1; width: object.contentWidth; height: Look.px(2.5); color: Look.origins.remembered }
            Row {
                id: acts
                visible: row.live && !row.asking
                anchors { right: parent.right; bottom: parent.bottom }
                spacing: Look.px(16)
                Small {
                    objectName: "edit-" + row.fact.name
                    text: "edit"
                    Accessible.name: "edit " + row.fact.predicate
                    onClicked: { row.chosen(); row.page.edit(row.fact.name) }
                }
                Small {
                    objectName: "forget-" + row.fact.name
                    text: "forget"
                    Accessible.name: "forget " + row.fact.predicate
                    onClicked: { row.chosen(); row.page.ask(row.fact.name) }
                }
            }
        }
        Loader {
            id: doing
            active: row.editing || row.asking
            visible: active
            width: parent.width
            sourceComponent: row.editing ? editor : question
        }
        Mono {
            width: parent.width
            text: row.fact.turn || row.fact.words !== row.fact.object ? "“" + row.fact.words + "”" : "you wrote it"
            wrapMode: Text.Wrap
            color: Look.chalkSoft
        }
        Flow {
            width: parent.width
            Part {
                visible: row.fact.turn > 0
                Small {
                    objectName: "taught-" + row.fact.name
                    text: "turn " + row.fact.turn + " · " + row.fact.when
                    Accessible.name: "go to turn " + row.fact.turn + ", " + row.fact.when + ", which taught it"
                    onClicked: { row.chosen(); row.page.go(row.fact.turn) }
                }
            }
            Part {
                visible: row.fact.turn === 0
                Mono { height: Math.max(24, implicitHeight); verticalAlignment: Text.AlignVCenter; text: "by hand, or imported · " + row.fact.when; color: Look.chalkDim; size: 12 }
            }
            Part {
                Small {
                    objectName: "replies-" + row.fact.name
                    text: (row.fact.repliesOpen ? "▾ " : "▸ ") + row.times(row.fact.replies)
                    Accessible.name: (row.fact.repliesOpen ? "fold the replies that it shaped, " : "show the replies that it shaped, ") + row.times(row.fact.replies)
                    onClicked: { row.chosen(); row.page.unfold_replies(row.fact.name) }
                }
            }
            Part {
                visible: row.fact.history.length > 0
                Small {
                    objectName: "history-" + row.fact.name
                    width: Math.min(implicitWidth, column.width)
                    text: (row.fact.historyOpen ? "▾ " : "▸ ") + (row.fact.history.length > 1 ? row.fact.history.length + " before it" : "1 before it")
                    Accessible.name: (row.fact.historyOpen ? "fold" : "show") + " what it corrected"
                    onClicked: { row.chosen(); row.page.unfold_history(row.fact.name) }
                }
            }
        }
        Repeater {
            model: row.fact.historyOpen ? row.fact.history : []
            Told {
                required property var modelData
                head: "before"
                turn: modelData.turn
                when: modelData.when
                text: modelData.object + " · “" + modelData.words + "”"
            }
        }
        Mono {
            visible: row.fact.looking
            text: "looking through the record …"
            color: Look.chalkDim
            size: 12
        }
        Mono {
            visible: row.fact.repliesOpen && !row.fact.looking && row.fact.shaped.length === 0
            width: parent.width
            text: "no reply has said it, and none has leaned on it"
            wrapMode: Text.Wrap
            color: Look.chalkDim
            size: 12
        }
        Repeater {
            model: row.fact.repliesOpen ? row.fact.shaped : []
            Told {
                required property var modelData
                head: modelData.how === "said" ? "said it" : "leaned on it unsaid"
                turn: modelData.turn
                when: modelData.when
                text: "“" + modelData.text + "”"
            }
        }
        Small {
            visible: row.fact.repliesOpen && row.fact.more > 0
            text: row.fact.more + " more ↓"
            Accessible.name: "show more of " + row.fact.more + " earlier replies"
            onClicked: row.page.more_replies(row.fact.name)
        }
    }

    component Told: Item {
        id: it

        property string head: ""
        property int turn: 0
        property string when: ""
        property string text: ""

        width: parent ? parent.width : 0
        height: lines.height
        Rectangle { width: Look.px(2); height: parent.height; color: Look.rule }
        Column {
            id: lines
            x: Look.px(12)
            width: parent.width - x
            Flow {
                width: parent.width
                spacing: Look.px(12)
                Small {
                    objectName: "turn-" + it.turn
                    visible: it.turn > 0
                    text: "turn " + it.turn + " · " + it.when
                    Accessible.name: "go to turn " + it.turn + ", " + it.when
                    onClicked: row.page.go(it.turn)
                }
                Mono { text: it.turn > 0 ? it.head : it.head + " · " + it.when; height: Math.max(24, implicitHeight); verticalAlignment: Text.AlignVCenter; color: Look.chalkDim; size: 12 }
            }
            Mono { told: true; width: parent.width; text: it.text; wrapMode: Text.Wrap; color: Look.chalkSoft; size: 12; Accessible.role: Accessible.StaticText; Accessible.name: text }
        }
    }

    Component {
        id: editor
        Column {
            function begin() { field.forceActiveFocus(Qt.TabFocusReason); field.input.selectAll() }
            width: doing.width
            spacing: Look.px(3)
            PaneField {
                id: field
                objectName: "editField"
                width: parent.width
                quiet: true
                label: "what " + row.fact.predicate + " is"
                text: row.fact.object
                Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
                Keys.onEscapePressed: { row.rest(); row.page.leave() }
                onAccepted: { const words = text; row.rest(); row.page.correct(row.fact.name, words) }
            }
            Mono { width: parent.width; text: "enter keeps it · esc leaves it as it was"; wrapMode: Text.Wrap; color: Look.chalkDim; size: 11.5 }
        }
    }
    Component {
        id: question
        MemoryAsk {
            objectName: "forgetAsk"
            width: doing.width
            question: "Forget this, and take its words out of " + (row.page.doing.turns < 0 ? "… turns" : row.page.doing.turns === 1 ? "1 turn" : row.page.doing.turns + " turns") + "? It cannot be undone."
            yes: "forget"
            onAgreed: { row.rest(); row.page.forget(row.fact.name) }
            onRefused: { row.rest(); row.page.leave() }
        }
    }
}
