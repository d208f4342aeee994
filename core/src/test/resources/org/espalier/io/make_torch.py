# Writes the PyTorch files for TorchSaveTest: /usr/bin/python3 make_torch.py (torch 1.13, NumPy 1.24). Values by hand.
import collections, io, zipfile, numpy as np, torch
shared = torch.arange(6, dtype=torch.float32)
kinds = collections.OrderedDict(
    f32=torch.tensor([[1., -2.], [.5, 0.]]), f64=torch.tensor([1e300, -2.], dtype=torch.float64), f16=torch.tensor([1.5, 65504.]).half(),
    bf16=torch.tensor([1.5, -256.]).bfloat16(), i64=torch.tensor([2**40, -1]), i32=torch.tensor([7, -8], dtype=torch.int32),
    i16=torch.tensor([300, -300], dtype=torch.int16), i8=torch.tensor([-128, 127], dtype=torch.int8),
    u8=torch.tensor([0, 255], dtype=torch.uint8), bool=torch.tensor([True, False]), scalar=torch.tensor(3.25), empty=torch.zeros(0, 4),
    complex=torch.tensor([1 + 2j]),
    whole=shared.view(2, 3), transposed=shared.view(2, 3).t(), row=shared.view(2, 3)[1], column=shared.view(2, 3)[:, 1],
    flipped=torch.arange(24.).view(2, 3, 4).permute(2, 0, 1), parameter=torch.nn.Parameter(torch.tensor([5.])), one=shared.view(1, 6).t()[2:3])
torch.save(kinds, "torch-kinds.pt")
torch.save(kinds, "torch-kinds-legacy.pt", _use_new_zipfile_serialization=False)
torch.save(dict(kinds), "torch-kinds-protocol4.pt", pickle_protocol=4)
net = torch.nn.Sequential(torch.nn.Linear(2, 1)); opt = torch.optim.Adam(net.parameters())
net(torch.ones(1, 2)).sum().backward(); opt.step()
with torch.no_grad(): net[0].weight.copy_(torch.tensor([[1., 2.]])); net[0].bias.copy_(torch.tensor([3.]))
ema = {k: v * 2 for k, v in net.state_dict().items()}
torch.save({"epoch": 3, "loss": torch.tensor(.5), "history": [1.5, None, True], "size": torch.Size([1, 2]), "name": "net",
            "nested": {"model": net.state_dict()}, "optimizer": opt.state_dict(), "big": 2**70, "bytes": 1.0}, "torch-checkpoint.pt")
torch.save({"model": net.state_dict(), "ema": ema, "optimizer": opt.state_dict()}, "torch-two-states.pt")
torch.save({"w": torch.ones(1).expand(1_000_000)}, "torch-expanded.pt")
torch.save([torch.ones(2)], "torch-list.pt")
torch.save({"args": __import__("argparse").Namespace(lr=1), "w": torch.ones(1)}, "torch-namespace.pt")
tagged = torch.nn.Parameter(torch.tensor([4.])); tagged.note = "kept"
torch.save({"w": tagged}, "torch-attributes.pt")
torch.jit.save(torch.jit.script(net), "torch-script.pt")
# NPZ
def streamed(name, method):
    class W(io.RawIOBase):
        def __init__(s, f): s.f = f
        def writable(s): return True
        def write(s, b): return s.f.write(b)
    with open(name, "wb") as f:
        with zipfile.ZipFile(W(f), "w", method) as z:
            for k, v in dict(a=np.array([1, 2, 3], "<f4"), b=np.array([4, 5], "<i8")).items():
                with z.open(k + ".npy", "w", force_zip64=True) as m: np.lib.format.write_array(m, v)
streamed("numpy-streamed.npz", zipfile.ZIP_STORED); streamed("numpy-streamed-compressed.npz", zipfile.ZIP_DEFLATED)
np.savez("numpy-mixed.npz", a=np.array([1, 2, 3], "<f4"), names=np.array(["ab", "cdefg"]), objects=np.array([{}, None], object),
         rows=np.array([(1, 2.)], [("x", "<i4"), ("y", "<f4")]), z=np.array([1j]), b=np.array([4, 5], "<i8"))
with zipfile.ZipFile("numpy-mixed.npz", "a") as z: z.writestr("README.txt", "how it was made"); z.comment = b"a comment"
