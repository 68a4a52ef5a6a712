using System.Reflection;
using System.Reflection.Emit;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts.Compiled;

/// <summary>One instruction of a compiled method.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">Its number or token; for a jump, where to.</param>
internal sealed record Instruction(int Offset, OpCode Code, int Operand)
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => f.GetValue(null))
        .OfType<OpCode>()
        .ToDictionary(c => c.Value);

    /// <summary>The instructions of a method in their order; none for one without a body.</summary>
    internal static List<Instruction> Of(MethodBase method)
    {
        var all = new List<Instruction>();
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } bytes)
        {
            return all;
        }

        for (var at = 0; at < bytes.Length;)
        {
            var start = at;
            var code = bytes[at] == 0xFE ? Codes[(short)(0xFE00 | bytes[at + 1])] : Codes[bytes[at]];
            at += code.Size;
            var size = code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(bytes, at)),
                _ => 4,
            };
            var operand = size switch
            {
                0 => 0,
                1 => code.OperandType == OperandType.ShortInlineVar ? bytes[at] : (sbyte)bytes[at],
                2 => BitConverter.ToInt16(bytes, at),
                _ => BitConverter.ToInt32(bytes, at),
            };
            at += size;
            var isJump = code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget;
            all.Add(new Instruction(start, code, isJump ? at + operand : operand));
        }

        return all;
    }
}
