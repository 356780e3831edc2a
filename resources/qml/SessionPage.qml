import QtQuick
import QtQuick.Controls.Basic as C

// Every turn there is: to walk through, to look for words in, to take away.
FocusScope {
    id: pane

    required property var page
    required property var pages
    readonly property real margin: Look.px(width < 560 ? 20 : 36)
    readonly property bool searching: page.words !== ""
    readonly property Item list: searching ? found : turns
    readonly property int pageRows: Math.max(1, Math.floor(list.height / Look.px(50)) - 1)
    property string taking: ""       // "", file or screenplay
    readonly property bool covered: taking !== "" && height - foot.height - sheet.wish < Look.px(190)    // no room for both

    onSearchingChanged: if (!searching) search.text = ""    // also where words were forgotten

    function walk(by: int) {
        if (!search.activeFocus) list.forceActiveFocus()
        page.walk(by)
    }
    function open() { page.open() }
    function press(event) {
        const by = { [Qt.Key_Up]: -1, [Qt.Key_Down]: 1, [Qt.Key_PageUp]: -pageRows, [Qt.Key_PageDown]: pageRows }[event.key]
        if (by !== undefined) page.walk(by)
        else if (event.key === Qt.Key_Home) page.to(0)
        else if (event.key === Qt.Key_End && searching) page.to(page.hits.length)
        else if (event.key === Qt.Key_End) page.back()
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) page.open()
        else return
        event.accepted = true
    }
    function take(what: string) {
        taking = taking === what ? "" : what
        if (taking) Qt.callLater(sheet.begin)
        else list.forceActiveFocus(Qt.TabFocusReason)
    }
    function leave(): bool {
        if (searching) {
            const typing = search.activeFocus
            page.search("")
            search.text = ""
            if (!typing) turns.forceActiveFocus(Qt.TabFocusReason)
        }
        else if (taking) take(taking)
        else return false
        return true
    }

    // Escape ends a search or closes the sheet before it does anything else.
    Connections {
        target: (pane.searching || pane.taking !== "") && pane.activeFocus && pane.Window.activeFocusItem ? pane.Window.activeFocusItem.Keys : null
        function onShortcutOverride(event) { event.accepted = event.key === Qt.Key_Escape }
    }
    Keys.onEscapePressed: event => event.accepted = leave()

    Connections {
        target: pane.page
        function onSearchAsked() { search.forceActiveFocus(Qt.ShortcutFocusReason) }
    }

    PaneField {
        id: search
        objectName: "search"
        anchors { top: parent.top; left: parent.left; right: parent.right; topMargin: Look.px(2); leftMargin: pane.margin; rightMargin: pane.margin }
        quiet: true
        visible: !pane.covered
        label: "search what was said"
        placeholder: "search what was said"
        onEdited: pane.page.search(text)
        Keys.onUpPressed: pane.page.walk(-1)
        Keys.onDownPressed: pane.searching ? pane.page.walk(1) : turns.forceActiveFocus(Qt.TabFocusReason)
        onAccepted: pane.searching ? pane.page.open() : turns.forceActiveFocus(Qt.TabFocusReason)
    }
    Item {
        id: about
        anchors { top: search.bottom; left: parent.left; right: parent.right; topMargin: Look.px(8); leftMargin: pane.margin; rightMargin: pane.margin }
        height: Look.px(20)
        visible: !pane.covered
        Mono {
            objectName: "searchNote"
            told: text !== ""
            width: Math.min(implicitWidth, parent.width - beside.width - Look.px(16))
            text: pane.searching ? pane.page.note || "looking …" : pane.page.count ? pane.page.away.head : ""
            elide: Text.ElideRight
            opacity: pane.searching || !turns.atYBeginning ? 1 : 0    // at the beginning the list says it itself
            color: Look.chalkSoft
            size: 12
            Accessible.role: Accessible.StaticText
            Accessible.name: text
            onTextChanged: if (pane.searching && pane.page.note) Accessible.announce(pane.page.note)
        }
        Row {
            id: beside
            anchors.right: parent.right
            spacing: Look.px(18)
            Term { visible: pane.page.forgotten && about.width > Look.px(520); term: "session_forgotten"; size: 12; color: Look.chalkDim }
            Mono {
                objectName: "count"
                told: text !== ""
                visible: !pane.searching && (pane.page.count > 0 || !pane.page.known)
                text: !pane.page.known ? "…" : pane.page.count === 1 ? "1 turn" : String(pane.page.count).replace(/\B(?=(\d{3})+$)/g, ",") + " turns"
                color: Look.chalkDim
                size: 12
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
        }
    }

    Mono {
        objectName: "noTurns"
        told: visible
        anchors { top: about.bottom; topMargin: Look.px(18); left: parent.left; right: parent.right; leftMargin: pane.margin; rightMargin: pane.margin }
        visible: pane.page.known && pane.page.count === 0 && !pane.searching && !pane.covered
        text: "Nothing has been said yet.\n\nEach thing that you say, and what she answers, will stand here to be walked through."
        wrapMode: Text.Wrap
        lineHeight: 1.4
        color: Look.chalkSoft
        size: 13
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    component Rows: ListView {
        id: rows
        anchors { top: about.bottom; topMargin: Look.px(2); left: parent.left; right: parent.right; leftMargin: pane.margin - Look.px(10); rightMargin: pane.margin - Look.px(10); bottom: sheet.top; bottomMargin: Look.px(4) }
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightFollowsCurrentItem: false
        keyNavigationEnabled: false
        reuseItems: true
        cacheBuffer: 200
        currentIndex: -1
        Accessible.role: Accessible.List
        Accessible.description: "Up and Down walk, Enter opens, End returns to now"
        Keys.onPressed: event => pane.press(event)
        C.ScrollBar.vertical: PageBar { parent: pane; x: pane.width - width; y: rows.y; height: rows.height; visible: rows.visible }
        FocusRing { on: rows.activeFocus && rows.currentIndex < 0; night: true; anchors.margins: -2; z: 2 }
    }

    Rows {
        id: turns
        objectName: "turns"
        readonly property int at: pane.page.at
        readonly property bool live: pane.page.live
        function reveal() {
            if (!count) return
            forceLayout()
            if (at >= 0) positionViewAtIndex(at, ListView.Contain)
            else positionViewAtEnd()
        }
        visible: !pane.searching && !pane.covered
        focus: true
        model: pane.page.rows
        currentIndex: at
        Accessible.name: "turns"
        onAtChanged: reveal()
        onVisibleChanged: if (visible) Qt.callLater(reveal)
        onHeightChanged: Qt.callLater(reveal)
        onCountChanged: if (live) Qt.callLater(reveal)
        Component.onCompleted: Qt.callLater(reveal)
        delegate: SessionTurn {
            onChosen: { turns.forceActiveFocus(); pane.page.to(index) }
            onOpened: pane.page.open()
        }
    }
    Rows {
        id: found
        objectName: "found"
        readonly property int hit: pane.page.hit
        readonly property bool live: pane.page.live
        readonly property int turn: pane.page.turn
        visible: pane.searching && !pane.covered
        model: pane.page.hits
        currentIndex: hit
        Accessible.name: "what was found"
        onHitChanged: if (hit >= 0) positionViewAtIndex(hit, ListView.Contain)
        delegate: SessionHit {
            onChosen: { pane.page.to(index); pane.page.open() }
        }
    }

    SessionTake {
        id: sheet
        objectName: "sheet"
        anchors { left: parent.left; right: parent.right; leftMargin: pane.margin; rightMargin: pane.margin; bottom: foot.top }
        height: !visible ? 0 : pane.covered ? foot.y : wish
        visible: pane.taking !== ""
        away: pane.page.away
        screenplay: pane.taking === "screenplay"
    }
    Flow {
        id: foot
        anchors { left: parent.left; right: parent.right; leftMargin: pane.margin - Look.px(9); rightMargin: pane.margin; bottom: parent.bottom; bottomMargin: Look.px(4) }
        spacing: 0
        Mono {
            told: true
            visible: pane.width > Look.px(620) && pane.taking === "" && pane.page.count > 0
            leftPadding: Look.px(9)
            rightPadding: Look.px(9)
            height: Look.px(24)
            verticalAlignment: Text.AlignVCenter
            text: pane.searching ? "↑ ↓ · enter goes there · esc ends" : "↑ ↓ walk · enter opens · end is now"
            color: Look.chalkDim
            size: 12
            Accessible.role: Accessible.StaticText
            Accessible.name: pane.searching ? "Up and Down walk, Enter goes there, Escape ends the search" : "Up and Down walk, Enter opens the turn, End returns to now"
        }
        WordButton {
            objectName: "takeFile"
            night: true
            width: implicitWidth + Look.px(18)
            visible: pane.page.count > 0 && pane.height > Look.px(130)
            text: pane.taking === "file" ? "take it with you ▾" : "take it with you ▸"
            Accessible.name: "take it with you"
            Accessible.description: pane.taking === "file" ? "open" : "closed"
            onClicked: pane.take("file")
        }
        WordButton {
            objectName: "takeScreenplay"
            night: true
            width: implicitWidth + Look.px(18)
            visible: pane.page.count > 0 && pane.height > Look.px(130)
            text: pane.taking === "screenplay" ? "save as screenplay test ▾" : "save as screenplay test ▸"
            Accessible.name: "save as screenplay test"
            Accessible.description: pane.taking === "screenplay" ? "open" : "closed"
            onClicked: pane.take("screenplay")
        }
    }
}
