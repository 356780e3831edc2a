import QtQuick
import QtQuick.Templates as T

// Words that do something when pressed, in as many lines as they need.
T.AbstractButton {
    id: link

    property color ink: Look.chalkSoft
    property bool boxed: false
    readonly property real pad: boxed && enabled ? Look.px(8) : 0

    focusPolicy: Qt.TabFocus
    implicitWidth: label.implicitWidth + 2 * pad
    implicitHeight: Math.max(24, label.implicitHeight + (boxed ? Look.px(8) : Look.px(2)))
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.onPressAction: clicked()
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()
    background: Rectangle {
        visible: link.boxed && link.enabled
        radius: Look.px(5)
        color: link.hovered || link.down ? Look.raised : "transparent"
        border { width: Look.hairline; color: Look.chalkDim }
    }
    contentItem: Item {
        Mono {
            id: label
            x: link.pad
            width: Math.max(0, link.width - 2 * link.pad)
            anchors.verticalCenter: parent.verticalCenter
            text: link.text
            color: link.enabled && (link.hovered || link.down) ? Look.chalkBright : link.ink
            size: 12
            wrapMode: Text.Wrap
            font.underline: !link.boxed
        }
    }
    FocusRing { on: link.visualFocus; night: true; anchors.margins: -3 }
    HoverHandler { enabled: link.enabled; cursorShape: Qt.PointingHandCursor }
}
