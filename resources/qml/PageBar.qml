import QtQuick
import QtQuick.Controls.Basic as C

// The scroll bar of the right side: as thin as can be seen.
C.ScrollBar {
    id: bar

    policy: C.ScrollBar.AsNeeded
    focusPolicy: Qt.NoFocus
    Accessible.name: "place in the page"
    contentItem: Rectangle {
        implicitWidth: Look.px(5)
        radius: width / 2
        color: bar.pressed || bar.hovered ? Look.chalkSoft : Look.chalkDim
        opacity: bar.pressed || bar.hovered ? 1 : 0.5
        visible: bar.size < 1
    }
}
