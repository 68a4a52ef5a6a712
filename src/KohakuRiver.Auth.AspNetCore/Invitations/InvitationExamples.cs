namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for invitations.</summary>
internal static class InvitationExamples
{
    internal const string Code = "kri_the-code-of-the-invitation";

    internal static CreateInvitationRequest Create { get; } = new(Role.User, GroupExamples.LabRef.Id, 5, 72);

    internal static InvitationResponse Listed { get; } = new(
        1, "kri_9bQz…", "kri_9bQz", Role.User, GroupExamples.LabRef.Id, 5, 0, 5, ExampleTimes.Start.AddDays(3), true, UserExamples.Ada.Id,
        ExampleTimes.Start, null);

    internal static InvitationResponse Created { get; } =
        Listed with { Token = Code, Url = "https://cluster.example.org/admin/register?token=" + Code };
}
