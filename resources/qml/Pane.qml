import QtQuick
import QtQuick.Templates as T

// The right side, "this is programming": eight pages about one turn, or about all of them.
FocusScope {
    id: pane

    required property var pages
    required property var place
    required property var desk
    required property var presence
    required property var preferences
    readonly property real margin: Look.px(width < 560 ? 20 : 36)
    property bool alone: false       // her side has no room beside it
    readonly property bool low: height < Look.px(420)
    readonly property var tabs: [["now", "Now"], ["time", "Time"], ["whatif", "What if"], ["memory", "Memory"], ["ledger", "Ledger"],
        ["rules", "Rules"], ["session", "Session"], ["record", "Record"]]
    readonly property var current: stack.itemAt(tabs.findIndex(tab => tab[0] === pages.tab))

    signal herAsked()

    // Up, Down and Enter from anywhere in the window go to the page, where it has a use for them.
    function walk(by: int) { if (current && current.item && current.item.walk) current.item.walk(by) }
    function open() { if (current && current.item && current.item.open) current.item.open() }
    function enter() { (current && current.item ? current.item : pane).forceActiveFocus(Qt.TabFocusReason) }

    Accessible.role: Accessible.Pane
    Accessible.name: "this is programming"
    readonly property string standing: place.live ? "back to now" : place.label + ", as it was then"
    onStandingChanged: if (visible) Accessible.announce(standing)
    Connections {
        target: pane.pages
        function onTabChanged() {
            const tab = pane.tabs.find(one => one[0] === pane.pages.tab)
            if (pane.visible && tab) pane.Accessible.announce(tab[1])
        }
    }

    Rectangle { anchors.fill: parent; color: Look.ground }

    Mono {
        id: title
        told: true
        anchors { top: parent.top; left: parent.left; topMargin: Look.px(pane.low ? 12 : 26); leftMargin: pane.margin }
        text: pane.alone ? "programming" : "this is programming"
        color: Look.glow
        size: 17
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    WordButton {
        objectName: "toHer"
        night: true
        visible: pane.alone
        anchors { right: parent.right; rightMargin: pane.margin; verticalCenter: title.verticalCenter }
        key: "F2"
        text: "her"
        Accessible.name: "back to her"
        onClicked: pane.herAsked()
    }
    Mono {
        id: where
        told: true
        objectName: "place"
        readonly property bool beside: pane.low && !pane.alone && pane.width > Look.px(560)
        anchors {
            top: beside ? title.top : title.bottom
            left: beside ? title.right : title.left
            right: toPresent.visible ? toPresent.left : parent.right
            topMargin: Look.px(beside ? 4 : 6)
            leftMargin: beside ? Look.px(18) : 0
            rightMargin: toPresent.visible ? Look.px(12) : pane.margin
        }
        horizontalAlignment: beside ? Text.AlignRight : Text.AlignLeft
        text: !pane.place.live ? pane.place.label + (pane.width > Look.px(560) ? " · as it was then" : "")
            : pane.presence.clock ? "turn " + pane.presence.turn + " · " + pane.presence.clock + " · " + pane.presence.progress : pane.presence.stateText
        elide: Text.ElideRight
        color: pane.place.live ? Look.chalkDim : Look.glow
        size: 12.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    WordButton {
        id: toPresent
        objectName: "toPresent"
        night: true
        visible: !pane.place.live
        anchors { right: parent.right; rightMargin: pane.margin; verticalCenter: where.verticalCenter }
        key: pane.width > Look.px(560) ? "Alt+End" : ""
        text: "back to now"
        onClicked: pane.place.back()
    }

    Item {
        id: page
        anchors { top: where.bottom; topMargin: Look.px(pane.low ? 8 : 14); left: parent.left; right: parent.right; bottom: foot.top; bottomMargin: Look.px(4) }
        Repeater {
            id: stack
            model: pane.tabs
            Loader {
                id: shown
                required property var modelData
                readonly property bool wanted: pane.pages.tab === modelData[0]
                property bool visited: false
                anchors.fill: parent
                focus: wanted
                visible: wanted
                active: visited
                onWantedChanged: if (wanted) visited = true
                Component.onCompleted: {
                    if (wanted) visited = true
                    setSource({ now: "NowPage", time: "TimePage", whatif: "WhatIfPage", memory: "MemoryPage", ledger: "LedgerPage",
                        rules: "RulesPage", session: "SessionPage", record: "RecordPage" }[modelData[0]] + ".qml",
                        { page: pane.pages.page(modelData[0]), pages: pane.pages })
                }
            }
        }
    }

    Item {
        id: foot
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; bottomMargin: Look.px(pane.low ? 4 : 10) }
        height: bar.height + Look.px(9)
        Rectangle { x: pane.margin; width: parent.width - 2 * pane.margin; height: Look.hairline; color: Look.rule }
        Flow {
            id: bar
            objectName: "tabs"
            x: pane.margin - Look.px(9)
            y: Look.px(6)
            width: parent.width - 2 * x
            spacing: 0
            Accessible.role: Accessible.PageTabList
            Accessible.name: "pages"
            Repeater {
                id: tabRow
                model: pane.tabs
                T.AbstractButton {
                    id: tab
                    required property var modelData
                    required property int index
                    readonly property bool here: pane.pages.tab === modelData[0]
                    objectName: "tab-" + modelData[0]
                    text: modelData[1]
                    focusPolicy: Qt.TabFocus
                    activeFocusOnTab: here || activeFocus
                    implicitWidth: label.implicitWidth + Look.px(18)
                    implicitHeight: Math.max(24, label.implicitHeight + Look.px(8))
                    Accessible.role: Accessible.PageTab
                    Accessible.name: text
                    Accessible.description: "Ctrl " + (index + 1) + "; " + (Look.terms["tab_" + modelData[0]] || { says: "" }).says
                    Accessible.selectable: true
                    Accessible.selected: here
                    Accessible.onPressAction: clicked()
                    onClicked: pane.pages.go(modelData[0], "")
                    Keys.onReturnPressed: clicked()
                    Keys.onLeftPressed: go(-1)
                    Keys.onRightPressed: go(1)
                    function go(by) {
                        const next = tabRow.itemAt((index + by + tabRow.count) % tabRow.count)
                        next.forceActiveFocus(Qt.TabFocusReason)
                        next.clicked()
                        next.forceActiveFocus(Qt.TabFocusReason)    // the page that opened has taken it
                    }
                    contentItem: Item {
                        Mono {
                            id: label
                            anchors.centerIn: parent
                            text: tab.text
                            color: tab.here ? Look.chalkBright : tab.hovered ? Look.chalk : Look.chalkDim
                            size: 12.5
                        }
                        Rectangle {
                            visible: tab.here
                            anchors { top: label.bottom; topMargin: Look.px(2); horizontalCenter: parent.horizontalCenter }
                            width: label.implicitWidth
                            height: Look.px(2)
                            color: Look.glow
                        }
                    }
                    HoverHandler { id: over; cursorShape: Qt.PointingHandCursor }
                    Hint { says: (Look.terms["tab_" + tab.modelData[0]] || { says: "" }).says; shown: over.hovered; y: -height - Look.px(4) }
                    FocusRing { on: tab.visualFocus; night: true; anchors.margins: -1 }
                }
            }
        }
        Mono {
            id: open
            objectName: "connectionsOpen"
            readonly property var keeping: pane.pages.page("memory").kept
            readonly property int count: keeping.connections.count
            readonly property bool room: bar.childrenRect.width + implicitWidth + Look.px(24) < bar.width
            readonly property bool counts: pane.visible && pane.Window.visibility !== Window.Hidden && pane.Window.visibility !== Window.Minimized
            onCountsChanged: keeping.watch(counts)
            Component.onCompleted: keeping.watch(counts)
            Component.onDestruction: keeping.watch(false)
            told: visible
            visible: room && count >= 0
            anchors { right: parent.right; rightMargin: pane.margin; verticalCenter: bar.verticalCenter }
            text: "connections " + count
            color: count ? Look.glow : Look.chalkDim
            size: 11.5
            Accessible.role: Accessible.StaticText
            Accessible.name: "connections to the internet that are open: " + count
        }
    }
}
