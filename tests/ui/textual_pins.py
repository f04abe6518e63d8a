"""Fingerprints of the parts of Textual that the program overrides, uses or works around."""

from __future__ import annotations

from collections.abc import Mapping

OVERRIDDEN: Mapping[str, str] = {
    "textual._compositor:Compositor._get_renders": "d56c88a10751",
    "textual.app:App._build_driver": "2cec0d648067",
    "textual.app:App._display": "1c2c359d5eca",
    "textual.app:App._fatal_error": "04484f2a9c24",
    "textual.app:App._handle_exception": "1bc3e140eed7",
    "textual.app:App._register_child": "fcf59842c2de",
    "textual.app:App._replace_screen": "129bad15946b",
    "textual.app:App._set_pointer_shape": "37bd55b475ac",
    "textual.drivers.linux_driver:LinuxDriver._get_terminal_size": "6a946d04cf02",
    "textual.drivers.linux_driver:LinuxDriver._query_in_band_window_resize": "8eaeec845614",
    "textual.drivers.linux_driver:LinuxDriver._run_input_thread": "d7b4085e2ab3",
    "textual.message_pump:MessagePump._dispatch_message": "e11b1ef6eca4",
    "textual.widget:Widget._exchange_repaint_regions": "ef93b884013f",
    "textual.widgets._input:Input._position_to_cell": "be9cda9a5cc8",
    "textual.widgets._text_area:TextArea._replace_via_keyboard": "8f97a707bea6",
}
"""The private parts in whose place our own stand, and the hash of the source of each."""


USED: Mapping[str, str] = {
    "textual._ansi_sequences:ANSI_SEQUENCES_KEYS": "cf365064027e",
    "textual._compositor:ChopsUpdate": "8a924052875d",
    "textual._compositor:Compositor._full_map": "a480f81283a7",
    "textual._compositor:Compositor._render_chops": "f231d5396665",
    "textual._compositor:Compositor._visible_map": "1680c21a8f2b",
    "textual._compositor:Compositor.visible_widgets": "dc7ac9ebf0d3",
    "textual._compositor:CompositorMap": "fadfbd2a110a",
    "textual._compositor:CompositorUpdate": "5f4931f9afa7",
    "textual._compositor:LayoutUpdate": "da637e3db457",
    "textual._compositor:ReflowResult": "9bed9dcd0726",
    "textual._context:active_message_pump": "fa8cf6be5eae",
    "textual._keyboard_protocol:FUNCTIONAL_KEYS": "6de0f7ccf0be",
    "textual._styles_cache:StylesCache.get_inner_outer": "2ba0aa0fae05",
    "textual._types:WatchCallbackType": "afa41d3824c9",
    "textual._xterm_parser:BRACKETED_PASTE_END": "96662a2f0970",
    "textual._xterm_parser:BRACKETED_PASTE_START": "ed5b57da4abc",
    "textual._xterm_parser:FOCUSIN": "0b2ea65eced2",
    "textual._xterm_parser:FOCUSOUT": "27095f547d9a",
    "textual._xterm_parser:XTermParser._sequence_to_key_events": "607920f85669",
    "textual._xterm_parser:XTermParser.feed": "8cbcca2811e3",
    "textual._xterm_parser:XTermParser.parse": "05a269970e38",
    "textual.app:App._batch_count": "c448df4e5a2f",
    "textual.app:App._clipboard": "32304c107aa5",
    "textual.app:App._current_mode": "f163b875be76",
    "textual.app:App._driver": "aebd8bfa1a55",
    "textual.app:App._exception": "b5fa8212f199",
    "textual.app:App._exit": "34e2f7c46826",
    "textual.app:App._exit_renderables": "f964c5beac5b",
    "textual.app:App._filters": "a18a6e0b7435",
    "textual.document._wrapped_document:WrappedDocument._offset_to_line_info": "8a7a91da75ff",
    "textual.driver:Driver._app": "835ae911ead3",
    "textual.drivers.linux_driver:LinuxDriver._file": "cf408ed418b1",
    "textual.keys:_character_to_key": "03b25d2a9f59",
    "textual.message_pump:MessagePump._close_messages_no_wait": "e9fc3e7c699a",
    "textual.message_pump:MessagePump._message_loop_exit": "b51e00e85959",
    "textual.message_pump:MessagePump._mounted_event": "81bc6e2661e6",
    "textual.message_pump:MessagePump._task": "88cef4f0d2da",
    "textual.screen:Screen._compositor": "bbb1dfb94b32",
    "textual.screen:Screen._result_callbacks": "98c46029f6d3",
    "textual.widgets._option_list:OptionList._index_to_line": "5b14580ca42f",
    "textual.widgets._text_area:TextArea._app_theme_changed": "872d0f6e8bad",
    "textual.widgets._text_area:TextArea._draw_cursor": "f246f2c38a6a",
    "textual.widgets._text_area:TextArea._matching_bracket_location": "ac463b1e912d",
    "textual.worker:Worker._task": "cad2ae6a22c8",
}
"""The private parts that are read or called, and the hash of the source of each."""


AROUND: Mapping[str, str] = {
    "textual._compositor:Compositor.full_map": "9f72f5a42855",
    "textual._compositor:Compositor.reflow": "4becf253cd73",
    "textual._parser:Parser.feed": "8678833170ea",
    "textual._parser:Parser.tick": "df42b832f2fe",
    "textual.app:App.delay_update": "4bf13e0ed2c5",
    "textual.app:App.pop_screen": "623d7d6fee89",
    "textual.app:App.switch_mode": "ea27a06f74cc",
    "textual.dom:DOMNode.watch": "988a44f23e3c",
    "textual.driver:Driver.process_message": "c3a5a8618673",
    "textual.drivers.linux_driver:LinuxDriver.close": "dfd826cd361e",
    "textual.drivers.linux_driver:LinuxDriver.run_input_thread": "f4742bd49b09",
    "textual.drivers.linux_driver:LinuxDriver.write": "f7cf615fa0f1",
    "textual.message_pump:MessagePump._get_dispatch_methods": "a8c567489c51",
    "textual.widgets._input:Input.cursor_screen_offset": "3f03295c93b4",
    "textual.widgets._text_area:TextArea._on_paste": "ebf283ac157a",
    "textual.widgets._text_area:TextArea.cursor_screen_offset": "de1cc33804af",
    "textual.widgets._text_area:TextArea.render_line": "ac5c0917199d",
    "textual.widgets._text_area:TextArea.render_lines": "5fa37c6dd75a",
}
"""What ours goes round or counts on without naming a private part, and its hash."""
