using KohakuRiver.Auth.AspNetCore;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A link of the host in the panel's navigation.</summary>
/// <param name="Text">What it says, 1 to 60 characters.</param>
/// <param name="Address">
/// A path of this host such as <c>/jobs</c>, in front of which the request's path base is set, or an address with <c>https://</c> or
/// <c>http://</c>.
/// </param>
/// <param name="Permission">Who sees it; null for everybody who is logged in. The page behind it is guarded by whoever serves it.</param>
public sealed record AdminPanelLink(string Text, string Address, Permission? Permission = null);
