import QtQuick
import QtQuick.Controls.Basic as C

// What she knows of him, and what is kept at all.
FocusScope {
    id: pane

    required property var page
    required property var pages
    readonly property var rows: page.rows
    readonly property var kept: page.kept
    readonly property bool live: page.head.live
    readonly property int count: page.head.count
    readonly property bool low: height < Look.px(260)
    readonly property real margin: Look.px(width < 560 ? 20 : 36)

    function walk(by: int) {
        if (page.leaf !== "knows" || list.count === 0) return
        list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex + (list.currentItem && list.currentItem.activeFocus ? by : 0)))
        list.enter()
    }
    function open() { if (list.currentItem && list.currentItem.activeFocus) page.unfold_replies(list.currentItem.fact.name) }
    function connected(): string {
        const open = kept.connections.count
        return open < 0 ? "" : open === 1 ? "1 connection" : open + " connections"
    }
    function figure(): string { return count < 0 ? "" : count.toLocaleString(Qt.locale("C"), "f", 0) }

    Flow {
        id: leaves
        anchors { top: parent.top; topMargin: Look.px(4); left: parent.left; right: parent.right; leftMargin: pane.margin; rightMargin: pane.margin }
        spacing: Look.px(20)
        Accessible.role: Accessible.PageTabList
        Accessible.name: "leaves of the memory"
        MemoryLeaf {
            id: knows
            objectName: "leafKnows"
            term: "memory_knows"
            focus: true
            figure: pane.figure()
            here: pane.page.leaf === "knows"
            onClicked: pane.page.open_leaf("knows")
            onStepped: { isKept.clicked(); isKept.forceActiveFocus(Qt.TabFocusReason) }
        }
        MemoryLeaf {
            id: isKept
            objectName: "leafKept"
            term: "memory_kept"
            figure: (pane.kept.kept.size ? pane.kept.kept.size + " · " : "") + pane.connected()
            here: pane.page.leaf === "kept"
            onClicked: pane.page.open_leaf("kept")
            onStepped: { knows.clicked(); knows.forceActiveFocus(Qt.TabFocusReason) }
        }
    }
    Rectangle { anchors { top: leaves.bottom; left: leaves.left; right: leaves.right } height: Look.hairline; color: Look.rule }

    ListView {
        id: list
        objectName: "facts"
        visible: pane.page.leaf === "knows"
        enabled: visible
        anchors { top: leaves.bottom; topMargin: Look.px(4); bottom: foot.top; left: parent.left; right: parent.right; leftMargin: pane.margin - Look.px(10); rightMargin: pane.margin - Look.px(10) }
        clip: true
        model: pane.rows
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        highlightFollowsCurrentItem: false
        keyNavigationEnabled: true
        activeFocusOnTab: false
        cacheBuffer: 200
        Accessible.role: Accessible.List
        Accessible.name: pane.live ? "what she knows" : "what she knew then"
        Accessible.description: "Up and Down walk"

        function enter() {
            if (!currentItem) return
            currentItem.forceActiveFocus(Qt.TabFocusReason)
            currentItem.rest()
        }
        function reveal(item) {
            const at = item.mapToItem(contentItem, 0, 0).y
            if (at < contentY) contentY = Math.max(originY, at - Look.px(34))
            else if (at + item.height > contentY + height) contentY = Math.max(originY, Math.min(at - Look.px(34), at + item.height - height + Look.px(10)))
        }
        function follow() {
            const item = pane.Window.activeFocusItem
            for (let one = item; one; one = one.parent) {
                if (one !== contentItem) continue
                forceLayout()
                reveal(item)
            }
        }
        function inHeader(): bool { return headerItem !== null && headerItem.activeFocus }

        onCurrentItemChanged: if (activeFocus && !inHeader()) enter()
        onCountChanged: {
            if (currentIndex < 0 && count) currentIndex = 0
            if (currentIndex <= 0 && !activeFocus) Qt.callLater(positionViewAtBeginning)
        }
        Keys.onPressed: event => {
            const to = { [Qt.Key_PageDown]: currentIndex + 6, [Qt.Key_PageUp]: currentIndex - 6, [Qt.Key_End]: count - 1, [Qt.Key_Home]: 0 }[event.key]
            if (to === undefined || inHeader()) return
            currentIndex = Math.max(0, Math.min(count - 1, to))
            if (currentIndex === 0) positionViewAtBeginning()
            event.accepted = true
        }
        Connections {
            target: pane.Window.window
            function onActiveFocusItemChanged() { Qt.callLater(list.follow) }
        }
        Connections {
            target: pane.page
            function onPointed(at) {
                list.currentIndex = at
                list.positionViewAtIndex(at, ListView.Center)
                list.enter()
            }
        }

        header: FocusScope {
            width: list.width
            height: top.height + Look.px(6)
            Column {
                id: top
                x: Look.px(10)
                y: Look.px(8)
                width: parent.width - 2 * x
                spacing: Look.px(8)

                Rectangle {
                    visible: !pane.live
                    width: parent.width
                    height: then.height + Look.px(18)
                    radius: 6
                    color: Look.raised
                    Column {
                        id: then
                        x: Look.px(12)
                        y: Look.px(9)
                        width: parent.width - 2 * x
                        spacing: Look.px(4)
                        Term { objectName: "then"; term: "memory_then"; width: Math.min(implicitWidth, parent.width); text: "What she knew when she had answered"; color: Look.glow; size: 12.5 }
                        Mono { told: true; width: parent.width; text: pane.page.head.then; wrapMode: Text.Wrap; size: 12.5; Accessible.role: Accessible.StaticText; Accessible.name: text }
                        Flow {
                            width: parent.width
                            spacing: Look.px(20)
                            WordButton { objectName: "takeApart"; night: true; text: "take this turn apart"; onClicked: pane.page.take_apart() }
                        }
                    }
                }
                PaneField {
                    id: sought
                    objectName: "filter"
                    visible: pane.count > 0
                    width: Math.min(parent.width, Look.px(340))
                    label: "find a fact"
                    quiet: true
                    placeholder: "find a fact: a word of it"
                    onEdited: { pane.page.filter(text); list.currentIndex = list.count ? 0 : -1 }
                    Keys.onDownPressed: list.enter()
                    onAccepted: list.enter()
                    Connections {
                        target: pane.page
                        function onLetGo() { sought.text = "" }
                    }
                }
                Mono {
                    objectName: "nothing"
                    told: visible
                    visible: list.count === 0 && pane.count >= 0
                    width: parent.width
                    text: pane.count > 0 ? "No fact holds these words."
                        : pane.live ? "She knows nothing of you yet.\n\nTell her your name, where you live, what you like:\neach thing she keeps will stand here, with the words that taught it.\nIt stays on this machine."
                        : "She knew nothing of you then."
                    wrapMode: Text.Wrap
                    lineHeight: 1.4
                    color: Look.chalkSoft
                    size: 13
                    Accessible.role: Accessible.StaticText
                    Accessible.name: text
                }
            }
        }
        section.property: "subject"
        section.delegate: Item {
            id: about
            required property string section
            width: list.width
            height: Look.px(40)
            Term {
                id: who
                anchors { left: parent.left; leftMargin: Look.px(10); bottom: parent.bottom; bottomMargin: Look.px(6) }
                term: "memory_subject"
                text: about.section.toUpperCase()
                spread: 1.8
                head: true
                stop: false
            }
            Rectangle { anchors { left: who.right; leftMargin: Look.px(12); right: parent.right; rightMargin: Look.px(10); verticalCenter: who.verticalCenter } height: 1; color: Look.rule }
        }
        delegate: MemoryFact {
            page: pane.page
            live: pane.live
            onChosen: list.currentIndex = index
        }
        C.ScrollBar.vertical: PageBar { parent: pane; x: pane.width - width; y: list.y; height: list.height; visible: list.visible }
    }

    Item {
        visible: pane.page.leaf === "kept"
        enabled: visible
        anchors { top: leaves.bottom; topMargin: Look.px(4); bottom: foot.top; left: parent.left; right: parent.right }
        MemoryKept { objectName: "keptLeaf"; kept: pane.kept }
    }

    Item {
        id: foot
        anchors { left: parent.left; right: parent.right; leftMargin: pane.margin; rightMargin: pane.margin; bottom: parent.bottom }
        height: pane.low ? 0 : line.height + Look.px(6)
        visible: !pane.low
        Mono {
            id: line
            objectName: "memoryStatus"
            told: text !== ""
            anchors.bottom: parent.bottom
            width: parent.width
            text: pane.page.status || (pane.page.leaf === "knows" && list.count && pane.live ? "↑ ↓ walk · enter shows the replies · e edits · delete forgets" : "")
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            color: pane.page.status ? Look.glow : Look.chalkDim
            size: 12
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
    Connections {
        target: pane.page
        function onStatusChanged() { if (pane.page.status) pane.Accessible.announce(pane.page.status) }
    }
}
