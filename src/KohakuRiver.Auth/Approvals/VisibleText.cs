using System.Buffers;
using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>
/// Text that somebody else wrote, on its way to somebody who decides by it. Characters that cannot be seen, or that turn and hide what
/// stands beside them, become visible marks such as <c>⟨U+202E⟩</c>: controls, format and bidirectional characters, zero-width and tag
/// characters, variation selectors, fillers, blanks of other widths, private and unassigned code points, and halves of surrogate pairs. The
/// bracket <c>⟨</c> itself is marked too, so that no text can look like a mark. Nothing is stored in this form; it is for showing only.
/// </summary>
public static class VisibleText
{
    private const int Opening = 0x27E8;
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    // What is surely to be seen as it is: the printable part of ASCII. Most text is nothing else, and is given back untouched.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>
    /// The text with marks in place of what cannot be seen. Gives the same instance where nothing is marked, and the empty text for null.
    /// A line break of <c>\r\n</c> counts as one and stays where line breaks do.
    /// </summary>
    public static string Show(string? text, TextKind kind = TextKind.Line)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return text ?? "";
        }

        StringBuilder? shown = null;
        for (var at = 0; at < text.Length;)
        {
            var length = Next(text, at, out var value);
            if (IsMarked(text, at, length, value, kind))
            {
                shown ??= new StringBuilder(text, 0, at, text.Length + 16);
                shown.Append(CultureInfo.InvariantCulture, $"\u27E8U+{value:X4}\u27E9");
            }
            else
            {
                shown?.Append(text, at, length);
            }

            at += length;
        }

        return shown?.ToString() ?? text;
    }

    /// <summary>
    /// The same in pieces, in order: plain text, and marks by themselves, for those who show marks in a style of their own.
    /// </summary>
    public static IReadOnlyList<(string Text, bool IsMark)> Split(string? text, TextKind kind = TextKind.Line)
    {
        var shown = Show(text, kind);
        var pieces = new List<(string Text, bool IsMark)>();
        for (var at = 0; at < shown.Length;)
        {
            // Every opening bracket is one of ours: those of the text are marks.
            var isMark = shown[at] == Opening;
            var end = isMark ? shown.IndexOf('\u27E9', at) + 1 : shown.IndexOf((char)Opening, at);
            end = end < 0 ? shown.Length : end;
            pieces.Add((shown[at..end], isMark));
            at = end;
        }

        return pieces;
    }

    /// <summary>
    /// Whether a reader is shown marks that are worth a warning: anything <see cref="Show"/> would mark, but for line breaks, tabs and the
    /// bracket of the marks, which are there to be seen.
    /// </summary>
    public static bool HasHidden(string? text, TextKind kind = TextKind.Line)
    {
        for (var at = 0; at < (text?.Length ?? 0);)
        {
            var length = Next(text!, at, out var value);
            if (value is not ('\n' or '\t' or Opening) && !IsLineBreak(text!, at) && IsMarked(text!, at, length, value, kind))
            {
                return true;
            }

            at += length;
        }

        return false;
    }

    // One code point, or half a pair by itself.
    private static int Next(string text, int at, out int value)
    {
        if (Rune.TryGetRuneAt(text, at, out var rune))
        {
            value = rune.Value;
            return rune.Utf16SequenceLength;
        }

        value = text[at];
        return 1;
    }

    private static bool IsMarked(string text, int at, int length, int value, TextKind kind) => value switch
    {
        >= ' ' and <= '~' => false,
        '\n' or '\t' => kind != TextKind.Lines,
        '\r' => kind != TextKind.Lines || !IsLineBreak(text, at),
        Opening => true,
        NonJoiner or Joiner => kind == TextKind.Code || !IsBetweenJoiningLetters(text, at),
        0xFE0E or 0xFE0F => kind == TextKind.Code || !FollowsSymbol(text, at),
        0x3000 => kind == TextKind.Code,
        _ => IsUnseen(value, length == 1 && char.IsSurrogate(text[at])),
    };

    private static bool IsLineBreak(string text, int at) => text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n';

    private static bool IsUnseen(int value, bool isHalf) => isHalf || CharUnicodeInfo.GetUnicodeCategory(value) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator => true,
        _ => value
            is 0x034F // combining grapheme joiner
            or 0x115F or 0x1160 or 0x3164 or 0xFFA0 // Hangul fillers
            or 0x17B4 or 0x17B5 // inherent vowels of Khmer
            or (>= 0x180B and <= 0x180F) // Mongolian selectors and the vowel separator
            or 0x2800 // the Braille cell without a dot
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) // variation selectors
            or 0x13441 or 0x13442 or 0x16FE4 or 0x1D159, // blanks of Egyptian, Khitan and music
    };

    // Persian, the scripts of India and their neighbours are misspelt without joiners. Between other letters they only make two texts look
    // alike.
    private static bool IsBetweenJoiningLetters(string text, int at) =>
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var before, out _) == OperationStatus.Done
        && Rune.DecodeFromUtf16(text.AsSpan(at + 1), out var after, out _) == OperationStatus.Done
        && IsJoiningLetter(before)
        && IsJoiningLetter(after);

    private static bool IsJoiningLetter(Rune rune) =>
        rune.Value is (>= 0x0600 and <= 0x109F) or (>= 0x1700 and <= 0x18AF) or (>= 0x1900 and <= 0x1C7F) or (>= 0xA800 and <= 0xA8FF)
            or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x11000 and <= 0x11FFF)
        && !IsUnseen(rune.Value, isHalf: false)
        && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    // A heart is drawn as text or in colour by what follows it; keyboards of phones write both.
    private static bool FollowsSymbol(string text, int at) =>
        Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var before, out _) == OperationStatus.Done
        && Rune.GetUnicodeCategory(before) == UnicodeCategory.OtherSymbol
        && !IsUnseen(before.Value, isHalf: false);
}
