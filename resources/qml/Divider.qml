import QtQuick

// Between the two sides: drag it, or give it the keyboard and press Left and Right.
Item {
    id: divider

    property real share: 0.5
    property real whole: 1

    signal asked(real side)

    width: 12
    activeFocusOnTab: true
    Accessible.role: Accessible.Splitter
    Accessible.name: "width of the two sides"
    Accessible.focusable: true
    Keys.onLeftPressed: asked(share - 0.02)
    Keys.onRightPressed: asked(share + 0.02)

    Rectangle {
        anchors.centerIn: parent
        width: divider.activeFocus ? 4 : over.hovered || drag.active ? 3 : 0
        height: parent.height
        color: Look.focusRight
    }
    HoverHandler { id: over; cursorShape: Qt.SplitHCursor }
    DragHandler {
        id: drag
        target: null
        xAxis.enabled: true
        yAxis.enabled: false
        onCentroidChanged: if (active) divider.asked(divider.parent.mapFromItem(divider, centroid.position.x, 0).x / divider.whole)
    }
}
