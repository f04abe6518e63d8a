"""The promises of the schools' guide, a module a section; each test names its section and promise.

``test_2_on_the_screen`` and ``test_3_on_the_screen`` go through what a school sees, in one sitting
each; ``test_calls`` has what somebody does who answers a school's telephone call.
"""
