import QtQuick
import QtQuick.Controls.Basic as C

// Every entry as it was recorded, one row each.
FocusScope {
    id: pane

    required property var page
    required property var pages
    readonly property var tape: page.rows
    readonly property real margin: Look.px(width < 560 ? 20 : 36)

    function walk(by: int) {
        list.walked = true
        list.standing = false
        list.forceActiveFocus()
        list.currentIndex = Math.max(0, Math.min(list.count - 1, list.currentIndex < 0 ? (pane.page.live ? list.count - 1 : 0) : list.currentIndex + by))
        list.following = list.currentIndex === list.count - 1
        list.positionViewAtIndex(list.currentIndex, ListView.Contain)
    }
    function open() {
        if (!list.walked || list.currentIndex < 0) return
        tape.toggle(list.currentIndex)
        Qt.callLater(list.reveal)
    }

    Connections {
        target: pane.page
        function onRowsChanged() { list.begin() }
        function onFound(row) { list.stand(row) }
    }

    Mono {
        told: visible
        anchors { top: parent.top; topMargin: Look.px(10); left: parent.left; right: parent.right; leftMargin: pane.margin; rightMargin: pane.margin }
        visible: list.count === 0
        text: "Nothing has happened yet.\n\nEach thing that happens will stand here as one line,\nwritten by the code that did it."
        wrapMode: Text.Wrap
        lineHeight: 1.4
        color: Look.chalkSoft
        size: 13
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }

    ListView {
        id: list
        objectName: "tape"
        property bool following: true
        property bool walked: false
        property bool standing: false    // at an entry that another page pointed to, until he moves

        function toEnd() {
            if (!following) return
            forceLayout()
            positionViewAtEnd()
            if (count) currentIndex = count - 1
        }

        function begin() {
            walked = standing = false
            following = pane.page.live
            if (following) return toEnd()
            currentIndex = -1
            forceLayout()
            positionViewAtBeginning()
        }

        function stand(row) {
            walked = true
            following = false
            currentIndex = row
            standing = true
            forceActiveFocus()
            Qt.callLater(reveal)
        }

        function reveal() {
            if (!currentItem) return
            forceLayout()
            positionViewAtIndex(currentIndex, currentItem.height > height ? ListView.Beginning : ListView.Contain)
        }

        anchors { top: parent.top; left: parent.left; right: parent.right; leftMargin: pane.margin - Look.px(10); rightMargin: pane.margin - Look.px(10); bottom: foot.top; bottomMargin: Look.px(6) }
        focus: true
        activeFocusOnTab: true
        clip: true
        model: pane.visible || !following ? pane.tape : null    // unseen rows cost as much as seen ones
        boundsBehavior: Flickable.StopAtBounds
        highlightFollowsCurrentItem: false
        keyNavigationEnabled: false
        cacheBuffer: 600
        currentIndex: -1
        header: Item { height: Look.px(4) }
        footer: Item { height: Look.px(4) }
        Accessible.role: Accessible.List
        Accessible.name: pane.page.live ? "entries of this session" : "entries of an earlier turn"
        Accessible.description: "Up and Down walk, Enter opens an entry"

        onCountChanged: Qt.callLater(toEnd)
        onContentHeightChanged: Qt.callLater(standing ? reveal : toEnd)
        onMovementStarted: standing = false
        onHeightChanged: Qt.callLater(toEnd)
        onMovementEnded: following = atYEnd

        delegate: TapeRow {
            onToggled: { list.walked = true; list.currentIndex = index; list.following = false; pane.tape.toggle(index); Qt.callLater(list.reveal) }
            onUnfoldAsked: pane.tape.unfold(index)
        }
        section.property: "turn"
        section.delegate: Item {
            id: section_
            required property string section
            width: ListView.view.width
            height: Look.px(26)
            Mono {
                id: which
                told: true
                anchors { left: parent.left; leftMargin: Look.px(10); bottom: parent.bottom; bottomMargin: Look.px(5) }
                text: section_.section === "0" ? "THE START" : "TURN " + section_.section
                color: Look.chalkSoft
                size: 11.5
                font.letterSpacing: 1.8
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Rectangle { anchors { left: which.right; leftMargin: Look.px(12); right: parent.right; rightMargin: Look.px(10); verticalCenter: which.verticalCenter } height: 1; color: Look.rule }
        }
        C.ScrollBar.vertical: PageBar {
            parent: pane
            x: pane.width - width
            y: list.y
            height: list.height
            Accessible.name: "place in the entries"
            onPressedChanged: if (!pressed) list.following = list.atYEnd
        }
        FocusRing { on: list.activeFocus && !list.walked; night: true; anchors.margins: -2; z: 2 }
    }

    Item {
        id: foot
        anchors { left: parent.left; right: parent.right; leftMargin: pane.margin; rightMargin: pane.margin; bottom: parent.bottom }
        height: Look.px(24)
        Row {
            anchors.verticalCenter: parent.verticalCenter
            spacing: Look.px(18)
            Mono {
                told: true
                anchors.verticalCenter: parent.verticalCenter
                text: "↑ ↓ walk · enter opens"
                color: Look.chalkDim
                size: 12
                Accessible.role: Accessible.StaticText
                Accessible.name: "Up and Down walk, Enter opens an entry"
            }
            Row {
                visible: pane.width > Look.px(620)
                anchors.verticalCenter: parent.verticalCenter
                spacing: Look.px(7)
                Rectangle { width: 1; height: Look.px(12); anchors.verticalCenter: parent.verticalCenter; color: Look.glow }
                Mono {
                    text: "200 ms, the gap people leave"
                    told: true
                    color: Look.chalkDim
                    size: 12
                    Accessible.role: Accessible.StaticText
                    Accessible.name: "the line in a timing stands for 200 milliseconds, the gap that people leave"
                }
            }
        }
        WordButton {
            objectName: "newest"
            night: true
            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            visible: !list.following && pane.page.live
            text: "newest ↓"
            Accessible.name: "go to the newest entry"
            onClicked: { list.following = true; list.walked = false; list.toEnd() }
        }
    }
}
