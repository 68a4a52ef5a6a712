using KohakuRiver.Auth;

namespace PolicyTests;

public static partial class ReservationPolicy
{
    // The switch breaks the rule, to show that its tests notice.
    private static Role LowestRole => Environment.GetEnvironmentVariable("BREAK_THE_POLICY") == "1" ? Role.User : Role.Operator;
}
