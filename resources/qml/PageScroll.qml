import QtQuick
import QtQuick.Controls.Basic as C

// What a page's column lies in: scrolls by wheel and keys, and keeps whatever has the keyboard in sight.
Flickable {
    id: scroll

    default property alias parts: column.data
    property alias spacing: column.spacing
    property real margin: Look.px(width < 560 ? 20 : 36)

    function reveal(item) {
        if (!item) return
        const at = item.mapToItem(column, 0, 0).y
        if (at < contentY) contentY = Math.max(0, at - Look.px(24))
        else if (at + item.height > contentY + height) contentY = Math.min(Math.max(0, contentHeight - height), at + Math.min(item.height, height) - height + Look.px(24))
    }
    function scrollBy(by: real) { contentY = Math.max(0, Math.min(Math.max(0, contentHeight - height), contentY + by)) }
    function within(item): bool {
        for (let one = item; one; one = one.parent) if (one === column) return true
        return false
    }

    anchors.fill: parent
    clip: true
    contentWidth: width
    contentHeight: column.height + Look.px(24)
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.VerticalFlick
    Keys.onPressed: event => {
        const page = height - Look.px(40)
        const by = { [Qt.Key_PageDown]: page, [Qt.Key_PageUp]: -page, [Qt.Key_End]: contentHeight, [Qt.Key_Home]: -contentHeight }[event.key]
        if (by === undefined) return
        scrollBy(by)
        event.accepted = true
    }
    Connections {
        target: scroll.Window.window
        function onActiveFocusItemChanged() {
            const item = scroll.Window.window ? scroll.Window.activeFocusItem : null
            if (item && scroll.visible && scroll.within(item)) scroll.reveal(item)
        }
    }
    Column {
        id: column
        x: scroll.margin
        width: scroll.width - 2 * scroll.margin
        spacing: Look.px(8)
    }
    // what goes on beyond the edge fades
    component Fade: Rectangle {
        property bool above: false
        readonly property color clear: Qt.rgba(Look.ground.r, Look.ground.g, Look.ground.b, 0)
        parent: scroll
        z: 1
        y: above ? 0 : scroll.height - height
        width: scroll.width
        height: Look.px(14)
        visible: !Look.sharp && (above ? !scroll.atYBeginning : !scroll.atYEnd)
        gradient: Gradient {
            GradientStop { position: 0; color: above ? Look.ground : clear }
            GradientStop { position: 1; color: above ? clear : Look.ground }
        }
    }
    Fade { above: true }
    Fade {}
    C.ScrollBar.vertical: PageBar { z: 2 }
}
