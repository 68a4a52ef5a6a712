namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The error correction of QR codes: polynomials over the field of 256 elements.</summary>
internal static class ReedSolomon
{
    private const int Field = 0x11D;

    /// <summary>The bytes with which a block can be put right.</summary>
    internal static byte[] Correction(IEnumerable<byte> data, int length)
    {
        // The divisor has the first powers of 2 as its zeros; its highest coefficient, 1, is left out.
        var divisor = new byte[length];
        divisor[^1] = 1;
        byte root = 1;
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j < length; j++)
            {
                divisor[j] = (byte)(Multiply(divisor[j], root) ^ (j + 1 < length ? divisor[j + 1] : 0));
            }

            root = Multiply(root, 2);
        }

        var rest = new byte[length];
        foreach (var value in data)
        {
            var factor = (byte)(value ^ rest[0]);
            for (var i = 0; i < length; i++)
            {
                rest[i] = (byte)((i + 1 < length ? rest[i + 1] : 0) ^ Multiply(divisor[i], factor));
            }
        }

        return rest;
    }

    private static byte Multiply(int left, int right)
    {
        var product = 0;
        for (; right > 0; right >>= 1)
        {
            product ^= (right & 1) * left;
            left = (left << 1) ^ ((left >> 7) * Field);
        }

        return (byte)product;
    }
}
