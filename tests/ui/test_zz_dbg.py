import time
from tests.ui.conftest import *
from tests.ui.sitting import *
from tests.factories import *
async def test_x(kiosk, desk, people):
    for i in range(3):
        t=time.perf_counter()
        async with kiosk(None) as pilot:
            t1=time.perf_counter()
            await sign_in(pilot)
            t2=time.perf_counter()
            await press(pilot, "n"); t3=time.perf_counter()
            await press(pilot, "g"); t4=time.perf_counter()
        t5=time.perf_counter()
        print(t1-t, t2-t1, t3-t2, t4-t3, t5-t4)
    t=time.perf_counter(); desk.sign_in.sign_in("handler", PASSWORD); print("argon", time.perf_counter()-t)
    assert 0
