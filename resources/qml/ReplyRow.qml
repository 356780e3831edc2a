import QtQuick

// The reply as she says it, each word underlined by where it came from; the legend, and the distance as a bar.
Column {
    id: reply

    required property var rich

    spacing: Look.px(8)
    Words {
        width: parent.width
        height: implicitHeight
        pieces: (reply.rich.pieces || []).map(piece => ({ text: piece.text, glued: piece.glued, kind: piece.origin, line: Look.origins[piece.origin] }))
        inked: pieces.length
        ink: Look.chalkBright
        size: Look.px(21)
        leading: 1.45
        underlined: true
        Accessible.ignored: true
    }
    Flow {
        width: parent.width
        spacing: Look.px(14)
        Repeater {
            model: reply.rich.shares || []
            Row {
                id: share
                required property var modelData
                spacing: Look.px(7)
                NowLine {
                    anchors.verticalCenter: parent.verticalCenter
                    kind: share.modelData.origin
                    color: Look.origins[share.modelData.origin]
                }
                Mono {
                    text: share.modelData.label + " " + Math.round(share.modelData.share * 100) + " %"
                    color: Look.chalkSoft
                    size: 11
                }
            }
        }
    }
    Row {
        width: parent.width
        height: Look.px(9)
        spacing: 2
        Repeater {
            id: bars
            model: reply.rich.shares || []
            Rectangle {
                required property var modelData
                required property int index
                width: (reply.width - 2 * (bars.count - 1)) * modelData.share
                height: Look.px(9)
                topLeftRadius: index ? 0 : height / 2
                bottomLeftRadius: topLeftRadius
                topRightRadius: index === bars.count - 1 ? height / 2 : 0
                bottomRightRadius: topRightRadius
                color: Look.origins[modelData.origin]
            }
        }
    }
    Repeater {
        model: reply.rich.techniques || []
        Rectangle {
            id: label
            required property var modelData
            width: reply.width
            height: told.height + Look.px(14)
            radius: Look.px(7)
            color: Look.raised
            border.color: Look.rule
            Column {
                id: told
                anchors { left: parent.left; right: parent.right; top: parent.top; margins: Look.px(7); leftMargin: Look.px(11) }
                Mono {
                    width: parent.width
                    text: label.modelData.text
                    elide: Text.ElideRight
                    color: Look.glow
                    size: 12
                }
                Mono {
                    width: parent.width
                    text: label.modelData.definition
                    wrapMode: Text.Wrap
                    color: Look.chalkSoft
                    size: 11
                }
            }
        }
    }
}
