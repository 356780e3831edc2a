import QtQuick

// Her reply, each word underlined by origin. One stop for Tab: Left and Right walk from word to word, Enter goes to its source.
FocusScope {
    id: said

    required property var pieces
    property int at: -1              // the word that is sounded
    property int cut: -1             // so many words were said before she was cut off
    property int size: Look.px(21)
    property string what: "her reply"
    property int current: 0
    property int over: -1
    readonly property int looked: over >= 0 ? over : activeFocus ? current : -1
    readonly property var word: looked >= 0 && looked < pieces.length ? pieces[looked] : null

    signal go(var word)

    function walk(to: int) {
        over = -1
        current = Math.max(0, Math.min(pieces.length - 1, to))
        tell()
    }
    function tell() { if (word) Accessible.announce(word.text + ". " + word.says) }
    function open() { if (pieces[current]) go(pieces[current]) }

    width: parent ? parent.width : 0
    implicitHeight: words.height
    activeFocusOnTab: pieces.length > 0
    onPiecesChanged: { over = -1; current = Math.min(current, Math.max(0, pieces.length - 1)) }
    onActiveFocusChanged: if (activeFocus) tell()
    Accessible.role: Accessible.StaticText
    Accessible.name: words.Accessible.name
    Accessible.description: what + ". Left and Right go from word to word and tell where it comes from, Enter goes there"
    Accessible.focusable: true
    Keys.onLeftPressed: walk(current - 1)
    Keys.onRightPressed: walk(current + 1)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Home) walk(0)
        else if (event.key === Qt.Key_End) walk(pieces.length - 1)
        else return
        event.accepted = true
    }
    Keys.onReturnPressed: open()
    Keys.onEnterPressed: open()
    Keys.onSpacePressed: open()

    Words {
        id: words
        width: parent.width
        height: implicitHeight
        pieces: said.pieces.map(piece => ({ text: piece.text, glued: piece.glued, word: piece.word, kind: piece.origin, line: Look.origins[piece.origin] }))
        inked: said.cut < 0 ? pieces.length : pieces.filter(piece => piece.word < said.cut).length
        ink: Look.chalkBright
        pale: Look.chalkDim
        size: said.size
        leading: 1.5
        underlined: true
        at: said.at
        pointed: said.looked
        Accessible.ignored: true
    }
    MouseArea {
        anchors.fill: words
        hoverEnabled: true
        cursorShape: said.over >= 0 ? Qt.PointingHandCursor : Qt.ArrowCursor
        Accessible.ignored: true
        onPositionChanged: mouse => said.over = words.pieceAt(mouse.x, mouse.y)
        onExited: said.over = -1
        onClicked: if (said.over >= 0) { said.current = said.over; said.go(said.pieces[said.over]) }
    }
    Item {
        readonly property var under: words.placed >= 0 && said.looked >= 0 ? words.itemAt(said.looked) : null
        x: under ? under.x : 0
        y: under ? under.y : 0
        width: under ? under.width : 0
        height: words.size * 1.4
        Hint { says: said.word ? said.word.says : ""; shown: said.word !== null && said.visible; delay: 0; x: 0 }
    }
}
