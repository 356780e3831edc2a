import QtQuick

// One of two replies: its words, how many of them came from where, and the rule that made it.
Column {
    id: side

    property string term: ""
    property var reply: ({})
    property bool struck: false

    spacing: Look.px(7)
    Term { width: Math.min(implicitWidth, parent.width); term: side.term; color: Look.chalkDim; size: 11.5 }
    WhatIfWords {
        objectName: side.term + "-words"
        width: parent.width
        height: implicitHeight
        pieces: side.reply.pieces || []
        struck: side.struck
        Accessible.role: Accessible.StaticText
        Accessible.name: side.reply.text || ""
        Accessible.description: side.reply.differences || ""
    }
    Row {
        width: parent.width
        height: Look.px(6)
        spacing: 2
        Repeater {
            id: bars
            model: side.reply.shares || []
            Rectangle {
                required property var modelData
                width: Math.max(1, (side.width - 2 * (bars.count - 1)) * modelData.share)
                height: Look.px(6)
                color: Look.origins[modelData.origin]
            }
        }
    }
    Mono {
        told: true
        width: parent.width
        text: side.reply.distance || ""
        wrapMode: Text.Wrap
        color: Look.chalkSoft
        size: 11.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
