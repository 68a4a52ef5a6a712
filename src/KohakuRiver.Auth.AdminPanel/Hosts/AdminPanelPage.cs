namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A page of the host in the panel.</summary>
/// <param name="Component">What renders it.</param>
/// <param name="Pattern">Its address behind the panel's prefix.</param>
/// <param name="Permission">Who may see it.</param>
/// <param name="Title">Its name in the navigation; null for none.</param>
internal sealed record AdminPanelPage(Type Component, string Pattern, Permission Permission, string? Title);
