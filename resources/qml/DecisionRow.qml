import QtQuick

// The rules considered: the winner with the printed order, every loser with its reason, the conditions with their values.
Column {
    id: decision

    required property var rich

    spacing: Look.px(3)
    Repeater {
        model: decision.rich.rules || []
        Item {
            id: rule
            required property var modelData
            readonly property bool beside: name.implicitWidth + reason.implicitWidth + Look.px(36) <= width
            width: decision.width
            height: beside ? name.height : name.height + reason.height
            Verdict {
                y: Look.px(4)
                width: Look.px(11)
                height: width
                won: rule.modelData.won
                color: rule.modelData.won ? Look.chalk : Look.chalkDim
            }
            Mono {
                id: name
                x: Look.px(24)
                width: Math.min(implicitWidth, parent.width - x)
                text: rule.modelData.rule
                elide: Text.ElideMiddle
                color: rule.modelData.won ? Look.chalkBright : Look.chalkSoft
                size: 13
            }
            Mono {
                id: reason
                x: rule.beside ? parent.width - width : Look.px(24)
                y: rule.beside ? Look.px(2) : name.height
                width: rule.beside ? implicitWidth : parent.width - x
                text: rule.modelData.reason
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                color: rule.modelData.won ? Look.chalk : Look.chalkDim
                size: 11
            }
        }
    }
    Mono {
        x: Look.px(24)
        visible: decision.rich.more > 0
        text: "and " + decision.rich.more + " more: press Enter for all of them"
        color: Look.chalkDim
        size: 11
    }
    Repeater {
        model: decision.rich.conditions || []
        Mono {
            required property var modelData
            x: Look.px(24)
            width: decision.width - x
            text: modelData.text + " is " + modelData.holds + (modelData.names ? "  ·  " + modelData.names : "")
            wrapMode: Text.Wrap
            color: Look.chalkDim
            size: 11
        }
    }
}
