using System.Text;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>The permissions table as Markdown, made from the code that decides.</summary>
internal static class PermissionsDocument
{
    private static readonly Role[] Roles = [Role.Anony, Role.Viewer, Role.User, Role.Operator, Role.Admin];

    internal static string Write()
    {
        var text = new StringBuilder();
        text.Append("# Permissions\n\n");
        text.Append(
            "Roles form one line, and each has everything the lower ones have. This table is generated from the code that decides; ");
        text.Append("a test keeps it true.\n\n");
        text.Append("| Permission | Name |").AppendJoin("", Roles.Select(r => $" {r.ToName()} |")).Append('\n');
        text.Append("| --- | --- |").AppendJoin("", Roles.Select(_ => " --- |")).Append('\n');
        foreach (var permission in Permissions.All)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {permission.Description} | `{permission.Name}` |")
                .AppendJoin("", Roles.Select(r => $" {Mark(r, permission)} |"))
                .Append('\n');
        }

        text.Append("\nTasks of a `user` wait for approval, those of an `operator` or `admin` are approved at once (setting "
            + "`approval_required_roles`).\n");
        text.Append("Operators make invitations for viewers only. Nobody grants, changes or removes above their own role.\n");
        text.Append("`anony` is the role of callers without credentials, and of users an admin gave it to: they can log in, are told that "
            + "they have no permissions, and can log out. No invitation grants it.\n");
        text.Append("\nA host adds permissions of its own beside these: [Permissions of your own](../permissions-of-your-own.md). A "
            + "permission nobody registered is refused ");
        text.Append("to everybody.\n");
        return text.ToString();
    }

    private static string Mark(Role role, Permission permission)
    {
        var actor = new Actor { Id = 1, Username = "somebody", Role = role, Kind = ActorKind.Session };
        return AccessRules.Decide(actor, permission).IsAllowed ? "yes" : "–";
    }
}
