namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A VPS and whether somebody may enter it.</summary>
/// <param name="Vps">The instance.</param>
/// <param name="IsKnown">Whether the host has it; where it does not, there is nothing to enter.</param>
/// <param name="Verdict">What the rule says.</param>
/// <param name="IsOwner">Whether the host says that it is theirs.</param>
internal sealed record VpsOfUser(VpsInfo Vps, bool IsKnown, VpsVerdict Verdict, bool IsOwner);
