import QtQuick

// The turn as a waterfall, against the gap that people leave; below it, the turns of this session.
FocusScope {
    id: root

    required property var page
    required property var pages
    readonly property var turn: page.turn
    readonly property var session: page.session

    PageScroll {
        id: scroll
        objectName: "timeScroll"
        focus: true
        spacing: Look.px(6)

        Heading { term: "time_turn"; note: root.turn.note }
        Plain {
            objectName: "timeEmpty"
            visible: root.turn.bars.length === 0
            text: root.page.session.rows.length ? "Nothing of this turn has been timed yet." : "Nothing has been said yet.\n\nOnce you speak or type, each step of her answer will stand here as a bar, as long as it took."
        }
        TimeFall {
            width: parent.width
            visible: root.turn.bars.length > 0
            bars: root.turn.bars
            scale_: root.turn.scale
            zero: root.turn.zero
            people: root.page.people
        }
        Plain { objectName: "timeLacking"; visible: text !== ""; text: root.turn.why; color: Look.chalkSoft }
        Plain { objectName: "timeSlowest"; visible: text !== ""; text: root.turn.slowest }
        Item { width: 1; height: Look.px(10) }

        Heading { visible: root.session.rows.length > 0; term: "time_session"; note: root.session.note }
        TimeTable { width: parent.width; visible: root.session.rows.length > 0; rows: root.session.rows }
        Item { width: 1; height: Look.px(10) }

        Heading { visible: root.session.rows.length > 0; term: "time_sounds"; note: root.session.sounds.note || "" }
        TimeSounds {
            width: parent.width
            visible: root.session.sounds.ticks !== undefined
            sounds: root.session.sounds
            people: root.page.people
        }
        Plain {
            visible: root.session.rows.length > 0 && root.session.sounds.ticks === undefined
            text: "None of these turns was both spoken and answered aloud, so nothing can be held against the gap people leave."
            color: Look.chalkSoft
        }
    }

    component Plain: Mono {
        told: visible
        width: parent ? parent.width : 0
        wrapMode: Text.Wrap
        lineHeight: 1.35
        size: 12.5
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
