using System.Reflection;

namespace KohakuRiver.Auth.Tests;

public sealed class PermissionNamesTests
{
    [Fact]
    public void Names_OfAllConstants_AreThoseOfThePermissionsCalledAlike() => Assert.Equal(
        typeof(Permissions).GetProperties()
            .Where(p => p.PropertyType == typeof(Permission))
            .Select(p => (p.Name, ((Permission)p.GetValue(null)!).Name))
            .Order(),
        typeof(PermissionNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (f.Name, (string)f.GetRawConstantValue()!))
            .Order());
}
