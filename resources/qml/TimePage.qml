import QtQuick

FocusScope {
    required property var page
    required property var pages
}
