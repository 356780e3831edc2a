import QtQuick

// One rule that was considered: won or lost, its name, and the first thing that decided.
Item {
    id: rule

    required property var row
    property bool here: false        // the keyboard is at it
    property bool asks: false
    readonly property real inset: Look.px(22)
    readonly property real named: name.width + (why.visible ? why.width + Look.px(10) : 0)
    readonly property bool beside: inset + name.implicitWidth + Look.px(90) + reason.implicitWidth <= width

    signal opened()
    signal asked()

    height: Look.px(4) + name.height + (beside ? 0 : reason.height)
    Accessible.role: Accessible.ListItem
    Accessible.name: (row.won ? "won: " : "lost: ") + row.rule + ", " + row.reason
    Accessible.focusable: true
    Accessible.focused: here
    Accessible.onPressAction: opened()

    HoverHandler { id: over }
    Verdict {
        y: Look.px(5)
        width: Look.px(11)
        height: width
        won: rule.row.won
        color: rule.row.won ? Look.chalk : Look.chalkDim
    }
    Mono {
        id: name
        x: rule.inset
        y: Look.px(2)
        width: Math.min(implicitWidth, rule.width - x - (why.visible ? why.width + Look.px(10) : 0))
        text: rule.row.rule
        elide: Text.ElideMiddle
        color: rule.row.won ? Look.chalkBright : nameOver.hovered ? Look.chalk : Look.chalkSoft
        font.underline: nameOver.hovered
        size: 13
        HoverHandler { id: nameOver; cursorShape: Qt.PointingHandCursor }
        TapHandler { onTapped: rule.opened() }
        FocusRing { on: rule.here && (rule.row.won || !rule.asks); night: true; anchors.margins: -3 }
    }
    Mono {
        id: why
        told: visible
        x: name.x + name.width + Look.px(10)
        y: name.y + Look.px(2)
        visible: !rule.row.won && (over.hovered || rule.here)
        text: "why not?"
        color: whyOver.hovered || (rule.here && rule.asks) ? Look.glow : Look.chalkDim
        font.underline: true
        size: 11
        Accessible.role: Accessible.Button
        Accessible.name: "why not " + rule.row.rule
        Accessible.onPressAction: rule.asked()
        HoverHandler { id: whyOver; cursorShape: Qt.PointingHandCursor }
        TapHandler { onTapped: rule.asked() }
        FocusRing { on: rule.here && rule.asks && !rule.row.won; night: true; anchors.margins: -3 }
    }
    Mono {
        id: reason
        readonly property bool cut: rule.row.short !== rule.row.reason && !rule.row.reason.startsWith("outranked")
        x: rule.beside ? rule.width - width : rule.inset
        y: rule.beside ? name.y + Look.px(2) : name.y + name.height
        width: rule.beside ? implicitWidth : rule.width - rule.inset
        text: rule.row.short
        wrapMode: Text.Wrap
        color: rule.row.won ? Look.chalk : Look.chalkDim
        size: 11.5
        HoverHandler { id: reasonOver; enabled: reason.cut }
    }
    Loader {
        x: reason.x
        y: reason.y
        height: reason.height
        active: reason.cut && (reasonOver.hovered || rule.here)
        sourceComponent: Hint { parent: reason; says: rule.row.reason.length > 420 ? rule.row.reason.slice(0, 420) + "…" : rule.row.reason; shown: true }
    }
}
