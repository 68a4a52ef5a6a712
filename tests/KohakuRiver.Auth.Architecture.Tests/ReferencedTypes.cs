using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>
/// Everything a type refers to: in its shape (bases, members, attributes) and in its method bodies, nested and
/// compiler-made types included. Nested types count as the type they are nested in.
/// </summary>
internal static class ReferencedTypes
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    internal static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Walk(type, found);
        found.Remove(Outermost(type));
        return found;
    }

    private static void Walk(Type type, HashSet<Type> found)
    {
        Add(type.BaseType, found);
        AddAll(type.GetInterfaces(), found);
        AddAttributes(type, found);
        foreach (var parameter in type.GetGenericArguments().Where(a => a.IsGenericParameter))
        {
            AddAll(parameter.GetGenericParameterConstraints(), found);
        }

        foreach (var member in type.GetMembers(Declared))
        {
            AddAttributes(member, found);
            switch (member)
            {
                case FieldInfo field:
                    Add(field.FieldType, found);
                    break;
                case MethodBase method:
                    AddSignature(method, found);
                    AddBody(method, found);
                    break;
                case Type nested:
                    Walk(nested, found);
                    break;
                default:
                    // Properties and events are their methods.
                    break;
            }
        }
    }

    private static void AddBody(MethodBase method, HashSet<Type> found)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddAll(body.LocalVariables.Select(v => v.LocalType), found);
        AddAll(body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType), found);
        var code = body.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)((code[at] << 8) | code[at + 1]) : code[at];
            at += value is >= 0 and < 0x100 ? 1 : 2;
            var operand = Codes[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                AddToken(method, BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)), found);
            }

            at += SizeOf(operand, code.AsSpan(at));
        }
    }

    private static void AddToken(MethodBase method, int token, HashSet<Type> found)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, ofMethod);
        Add(member as Type ?? member?.DeclaringType, found);
        switch (member)
        {
            case MethodBase called:
                AddSignature(called, found);
                break;
            case FieldInfo field:
                Add(field.FieldType, found);
                break;
            default:
                break;
        }
    }

    private static void AddSignature(MethodBase method, HashSet<Type> found)
    {
        AddAll(method.GetParameters().Select(p => p.ParameterType), found);
        Add((method as MethodInfo)?.ReturnType, found);
        if (method.IsGenericMethod)
        {
            AddAll(method.GetGenericArguments(), found);
        }
    }

    private static void AddAttributes(MemberInfo member, HashSet<Type> found) =>
        AddAll(member.GetCustomAttributesData().Select(a => a.AttributeType), found);

    private static void AddAll(IEnumerable<Type?> types, HashSet<Type> found)
    {
        foreach (var type in types)
        {
            Add(type, found);
        }
    }

    private static void Add(Type? type, HashSet<Type> found)
    {
        while (type is { HasElementType: true })
        {
            type = type.GetElementType();
        }

        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        AddAll(type.IsConstructedGenericType ? type.GetGenericArguments() : [], found);
        found.Add(Outermost(type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type));
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private static int SizeOf(OperandType operand, ReadOnlySpan<byte> rest) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(rest)),
        _ => 4,
    };
}
