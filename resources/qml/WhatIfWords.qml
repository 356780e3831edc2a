import QtQuick

// Words underlined by origin, as in a reply; those that another reply has not got are struck out, or framed.
Item {
    id: words

    property var pieces: []          // [{text, glued, origin, other}]
    property bool struck: false      // how those are marked: struck out, else framed
    property int size: Look.px(18)
    readonly property real leading: 1.5

    implicitHeight: size * leading
    onWidthChanged: Qt.callLater(place)
    onPiecesChanged: Qt.callLater(place)
    onSizeChanged: Qt.callLater(place)
    Component.onCompleted: place()

    TextMetrics { id: space; text: "n n"; font.family: Look.serif; font.pixelSize: words.size }
    TextMetrics { id: solid; text: "nn"; font.family: Look.serif; font.pixelSize: words.size }

    Repeater {
        id: repeater
        model: words.pieces
        Item {
            id: piece
            required property var modelData
            readonly property bool other: modelData.other === true
            property real tail: 0            // how far its underline and frame reach on towards the next word
            property bool begins: true       // the first of its frame
            width: text.implicitWidth
            height: words.size * words.leading
            Rectangle {
                visible: piece.other && !words.struck
                x: piece.begins ? -Look.px(2) : 0
                y: text.y
                width: piece.width + piece.tail - x + (piece.tail ? 0 : Look.px(2))
                height: text.height
                color: Look.raised
            }
            Text {
                id: text
                text: piece.modelData.text
                textFormat: Text.PlainText
                color: piece.other && words.struck ? Look.chalkSoft : Look.chalkBright
                font { family: Look.serif; pixelSize: words.size; strikeout: piece.other && words.struck }
                Accessible.ignored: true
            }
            Rectangle {
                visible: piece.other && !words.struck
                x: piece.begins ? -Look.px(2) : 0
                y: text.y
                width: piece.width + piece.tail - x + (piece.tail ? 0 : Look.px(2))
                height: Look.hairline
                color: Look.chalkSoft
            }
            Repeater {
                model: [piece.begins, piece.tail === 0]
                Rectangle {
                    required property bool modelData
                    required property int index
                    visible: modelData && piece.other && !words.struck
                    x: index ? piece.width + Look.px(2) - width : -Look.px(2)
                    y: text.y
                    width: Look.hairline
                    height: text.height
                    color: Look.chalkSoft
                }
            }
            Rectangle {
                y: text.baselineOffset + Math.max(4, words.size * 0.24)
                width: piece.width + piece.tail
                height: Math.max(2, Math.round(words.size / 8))
                color: Look.origins[piece.modelData.origin]
            }
        }
    }

    function place() {
        const gap = space.advanceWidth - solid.advanceWidth
        const step = size * leading
        let line = [], used = 0, y = 0
        const alike = (one, other) => one.modelData.origin === other.modelData.origin && one.other === other.other
        const flush = () => {
            let x = 0
            line.forEach((item, at) => {
                const glued = at > 0 && item.modelData.glued
                if (at && !glued) x += gap
                item.x = x
                item.y = y
                item.begins = !at || !(glued ? line[at - 1].other === item.other : alike(line[at - 1], item))
                x += item.width
                const next = line[at + 1]
                item.tail = next && !next.modelData.glued && alike(item, next) ? gap : 0
            })
            y += step
            line = []
            used = 0
        }
        for (let at = 0; at < repeater.count;) {
            const unit = [repeater.itemAt(at++)]
            while (at < repeater.count && repeater.itemAt(at).modelData.glued) unit.push(repeater.itemAt(at++))
            if (unit.some(item => !item)) return
            const wide = unit.reduce((sum, item) => sum + item.width, 0)
            if (line.length && used + gap + wide > width) flush()
            used += (line.length ? gap : 0) + wide
            line.push(...unit)
        }
        if (line.length) flush()
        implicitHeight = Math.max(step, y)
    }
}
