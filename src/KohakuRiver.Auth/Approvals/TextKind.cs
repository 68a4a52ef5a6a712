namespace KohakuRiver.Auth;

/// <summary>What sort of text is shown, which decides what of it belongs there (see <see cref="VisibleText"/>).</summary>
public enum TextKind
{
    /// <summary>
    /// Words on one line: names, ids, addresses. Joiners that a script needs between its letters, and the choice of an emoji's look, stay.
    /// </summary>
    Line,

    /// <summary>
    /// Words on several lines: reasons, descriptions, the output of a task. As <see cref="Line"/>, with line breaks and tabs.
    /// </summary>
    Lines,

    /// <summary>
    /// What a machine will take literally: commands, arguments, variables. Nothing stays but letters, marks and the plain blank.
    /// </summary>
    Code,
}
