namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Whether the host's pipeline has <c>UseKohakuAuth()</c> in it, on any branch.</summary>
internal sealed class PipelineMark
{
    internal bool IsUsed { get; private set; }

    internal void Use() => IsUsed = true;
}
