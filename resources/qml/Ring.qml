import QtQuick

// The presence: an open ring of three uneven strokes, drawn here point by point. Its width follows the level of the
// sound, its gap turns to whoever has the floor. It is drawn anew only while something changes, 20 times a second; at rest
// the drawing itself grows and shrinks a little, as slow breath does, and asleep for a minute it lies still.
Item {
    id: ring

    property string feeling: "asleep"
    property real level: 0
    property bool motion: true
    property bool awake: true        // false while nobody can see the window

    // gap and turn (radians; where the gap is, clockwise from the right), width, spread and scatter of the strokes (of a
    // ring of radius 132), size of the whole, sound: going in (-1) or out (1) at the gap
    readonly property var shapes: ({
        asleep: { gap: 0.12, turn: -1.57, width: 2.6, spread: 0.35, scatter: 0, size: 0.78, sound: 0, swing: 0, fade: 0.7 },
        listening: { gap: 0.9, turn: 1.57, width: 9, spread: 1, scatter: 0, size: 1, sound: 0, swing: 8, fade: 1 },
        hearing: { gap: 1.95, turn: 1.57, width: 17, spread: 1.08, scatter: 0, size: 1, sound: -1, swing: 15, fade: 1 },
        thinking: { gap: 0.7, turn: 0.2, width: 5, spread: 2.1, scatter: 2.1, size: 0.94, sound: 0, swing: 0, fade: 1 },
        speaking: { gap: 0.62, turn: -0.85, width: 13, spread: 1, scatter: 0, size: 0.95, sound: 1, swing: 19, fade: 1 },
        no_microphone: { gap: 0.62, turn: 1.57, width: 6.4, spread: 0.7, scatter: 0, size: 1, sound: 0, swing: 0, fade: 0.95 },
    })
    readonly property var travels: ["gap", "width", "spread", "scatter", "size", "sound", "fade"]
    readonly property var goal: shapes[feeling] || shapes.asleep
    readonly property bool broken: feeling === "no_microphone"
    readonly property bool breathing: motion && awake && visible && !stepper.running && !deep && level === 0 && feeling !== "speaking"
    readonly property real breathMs: feeling === "asleep" ? 8000 : 6000
    property bool deep: false        // asleep for so long that she lies still
    property real breath: 0          // -1 to 1
    property var now: ({ gap: 0.12, turn: -1.57, width: 2.6, spread: 0.35, scatter: 0, size: 0.78, sound: 0, fade: 0.7, level: 0 })
    property alias drawings: ink.drawings

    Accessible.role: Accessible.Graphic
    Accessible.name: "her ring"

    onGoalChanged: motion ? stepper.start() : settle()
    onLevelChanged: if (motion && awake) stepper.start()
    onAwakeChanged: if (awake) settle()
    onMotionChanged: settle()
    onFeelingChanged: deep = false
    Component.onCompleted: settle()

    Timer {
        id: stepper
        interval: 50
        repeat: true
        onTriggered: if (!ring.awake || !ring.step()) stop()
    }
    Timer {
        running: ring.feeling === "asleep" && ring.awake
        interval: 60000
        onTriggered: ring.deep = true
    }
    Timer {
        id: lungs
        property real at: 0
        interval: 80
        repeat: true
        running: ring.breathing
        onTriggered: {
            at = (at + interval / ring.breathMs) % 1
            ring.breath = Math.sin(2 * Math.PI * at)
        }
    }
    // a drawing that changes is shown at its true size: the breath is let go, and begins again from the middle
    onBreathingChanged: if (!breathing) { lungs.at = 0; breath = 0 }

    function settle() {
        const next = { turn: goal.turn, level: motion ? level : 0 }
        for (const key of travels) next[key] = goal[key]
        now = next
        ink.requestPaint()
        if (motion && feeling === "thinking") stepper.start()
    }

    // One step towards the goal. Returns whether there is more to come.
    function step(): bool {
        const was = now, next = {}
        let moved = 0
        for (const key of travels) {
            next[key] = was[key] + (goal[key] - was[key]) * 0.28
            moved = Math.max(moved, Math.abs(goal[key] - next[key]))
        }
        next.level = was.level + (level - was.level) * 0.6
        const drift = feeling === "thinking" ? 0.07 : 0
        const way = drift ? 0 : Math.atan2(Math.sin(goal.turn - was.turn), Math.cos(goal.turn - was.turn))
        next.turn = was.turn + way * 0.22 + drift
        moved = Math.max(moved, Math.abs(way), Math.abs(level - next.level) * 4, drift)
        now = next
        ink.requestPaint()
        return moved > 0.01
    }

    Canvas {
        id: ink

        property var hands: ({})
        property var arcs: ({})
        property int drawings: 0

        anchors.fill: parent
        scale: 1 + ring.breath * 0.013
        opacity: 1 - (1 - ring.breath) * 0.045 * (ring.breathing ? 1 : 0)
        onWidthChanged: requestPaint()
        Connections {
            target: Look
            function onLookChanged() { ink.requestPaint() }
        }

        // Unevenness along a stroke, as a hand would make it: a few slow swings and many small ones.
        function grain(at: real, seed: real): real {
            return Math.sin(at * 13 + seed) * 0.5 + Math.sin(at * 37 + seed * 2.3) * 0.34 + Math.sin(at * 89 + seed * 3.1) * 0.2
                + Math.sin(at * 211 + seed * 5.7 + Math.sin(at * 31) * 3) * 0.3 + Math.sin(at * 433 + seed * 7.9 + Math.sin(at * 17) * 5) * 0.28
        }

        // Where a point lies along its stroke, 0 to 1: closer together towards the round ends.
        function along(u: real): real { return 0.65 * u + 0.175 * (1 - Math.cos(Math.PI * u)) }

        // The hand of one stroke, worked out once: for each point how hard it presses, how it strays, how rough its edges are.
        function hand(seed: real, points: int): var {
            const key = seed + "/" + points
            if (!hands[key]) {
                const place = [], press = [], stray = [], outer = [], inner = []
                for (let i = 0; i <= points; i++) {
                    const at = along(i / points)
                    place.push(at)
                    press.push(1 + 0.1 * Math.sin(at * 5.2 + seed) - 0.12 * at)
                    stray.push(1.7 * Math.sin(at * 6.3 + seed) + 0.9 * Math.sin(at * 15 + seed * 3))
                    outer.push(grain(at, seed + 11) * 0.5)
                    inner.push(grain(at, seed + 23) * 0.5)
                }
                hands[key] = { place: place, press: press, stray: stray, outer: outer, inner: inner }
            }
            return hands[key]
        }

        // Where the points of an arc lie on a circle of 1. As long as only the level changes they stay where they are.
        function circle(name: string, from: real, length: real, place: var): var {
            const had = arcs[name]
            if (had && had.from === from && had.length === length) return had
            const x = new Array(place.length), y = new Array(place.length)
            for (let i = 0; i < place.length; i++) {
                const angle = from + place[i] * length
                x[i] = Math.cos(angle)
                y[i] = Math.sin(angle)
            }
            return arcs[name] = { from: from, length: length, x: x, y: y }
        }

        // A stroke as an outline: `wide` at its middle, round at both ends.
        function stroke(ctx, from, length, radius, wide, seed, rough, points) {
            const drawn = hand(seed, points), on = circle(seed + "/" + points, from, length, drawn.place)
            const press = drawn.press, stray = drawn.stray, outer = drawn.outer, inner = drawn.inner, x = on.x, y = on.y
            const into = new Array(points + 1), ends = length * radius / (wide / 2), place = drawn.place, strays = Math.min(1, length / 3)
            ctx.beginPath()
            for (let i = 0; i <= points; i++) {
                const end = Math.min(place[i], 1 - place[i]) * ends
                const half = wide / 2 * press[i] * (end < 1 ? Math.sqrt(end * (2 - end)) : 1)
                const edge = Math.min(half * 0.42, rough), middle = radius + stray[i] * strays
                const out = middle + half + outer[i] * edge
                into[i] = middle - half + inner[i] * edge
                ctx.lineTo(x[i] * out, y[i] * out)
            }
            for (let i = points; i >= 0; i--) ctx.lineTo(x[i] * into[i], y[i] * into[i])
            ctx.closePath()
            ctx.fill()
        }

        function arc(ctx, turn, gap, radius, wide, seed, rough, points) {
            const from = turn + gap / 2, whole = Math.PI * 2 - gap
            const parts = ring.broken ? 5 : 1, between = parts > 1 ? 0.36 : 0
            for (let part = 0; part < parts; part++) {
                const length = (whole - between * (parts - 1)) / parts
                stroke(ctx, from + part * (length + between), length, radius, wide, seed + part, rough, Math.round(points / parts))
            }
        }

        // Sound at the gap: where it comes in three beats stand in it, as high as he is loud; where it goes out two waves.
        function beats(ctx, n) {
            ctx.globalAlpha = -n.sound * n.fade
            ctx.lineWidth = 5.5
            ctx.lineCap = "round"
            ctx.strokeStyle = Look.coral
            ctx.beginPath()
            for (const [at, high] of [[-0.19, 0.62], [0.01, 1], [0.2, 0.5]]) {
                const half = 3 + (7 + 26 * n.level) * high, x = Math.cos(n.turn + at), y = Math.sin(n.turn + at)
                ctx.moveTo(x * (132 - half), y * (132 - half))
                ctx.lineTo(x * (132 + half), y * (132 + half))
            }
            ctx.stroke()
        }
        function waves(ctx, n) {
            for (const far of [0, 1]) {
                const half = (0.3 - far * 0.05) * (0.8 + 0.3 * n.level)
                ctx.globalAlpha = n.fade * n.sound * (0.95 - far * 0.3)
                stroke(ctx, n.turn - half, half * 2, 154 + far * 14 + n.level * 3, 4.4 - far * 0.8 + n.level * 3, 5.2 + far, 1.6, 40)
            }
        }

        onPaint: {
            const ctx = getContext("2d"), n = ring.now, sharp = Look.sharp
            ctx.reset()
            drawings++
            const scale = Math.min(width, height) / 350 * n.size
            ctx.translate(width / 2, height / 2)
            ctx.scale(scale, scale)
            const wide = n.width + ring.goal.swing * n.level
            ctx.fillStyle = Look.coral
            ctx.globalAlpha = n.fade * (sharp ? 1 : 0.42)
            arc(ctx, n.turn - 0.04 + n.scatter, n.gap + 0.1, 132 + wide * 0.42 + 7 * n.spread, 2.6, 4.1, 2.2, 90)
            ctx.globalAlpha = n.fade
            arc(ctx, n.turn, n.gap, 132, wide, 1.3, 3.2, 220)
            if (n.sound < -0.05) beats(ctx, n)
            else if (n.sound > 0.05) waves(ctx, n)
            ctx.globalAlpha = n.fade * (sharp ? 1 : 0.75)
            ctx.fillStyle = Qt.lighter(Look.coral, 1.16)
            arc(ctx, n.turn + 0.03 - n.scatter, n.gap + 0.03, 132 - wide * 0.42 - 3.4 * n.spread, 2 + wide * 0.14, 2.6, 2.4, 120)
        }
    }
}
