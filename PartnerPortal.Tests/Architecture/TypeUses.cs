using System.Reflection;
using System.Reflection.Emit;

namespace PartnerPortal.Tests.Architecture;

/// <summary>That one type names another, anywhere: as base, in a signature, an attribute, or inside the body of a method.</summary>
/// <param name="From">The outermost type; what the compiler makes of closures, iterators and async methods counts as the type they were written in.</param>
/// <param name="To">The outermost type that is named; arguments of generic types are uses of their own.</param>
/// <param name="Where">The member in which it happens.</param>
public sealed record TypeUse(Type From, Type To, string Where);

/// <summary>Reads the compiled portal: what is written in a <c>using</c> says little, what the instructions name is the truth.</summary>
public static class TypeUses
{
    private const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    private static readonly Lazy<IReadOnlyList<TypeUse>> OfThePortal = new(() => Read(typeof(Program).Assembly));

    public static IReadOnlyList<TypeUse> Portal => OfThePortal.Value;

    /// <summary>The type in which a nested one was written.</summary>
    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.IsGenericType && !type.IsGenericTypeDefinition ? type.GetGenericTypeDefinition() : type;
    }

    private static List<TypeUse> Read(Assembly assembly)
    {
        var uses = new HashSet<(Type From, Type To, string Where)>();
        foreach (var type in assembly.GetTypes())
        {
            var from = Outermost(type);
            Add(type.BaseType, "base type");
            foreach (var implemented in type.GetInterfaces())
            {
                Add(implemented, "interface");
            }

            AddAttributes(type, type.Name);
            foreach (var field in type.GetFields(All))
            {
                Add(field.FieldType, field.Name);
                AddAttributes(field, field.Name);
            }

            foreach (var property in type.GetProperties(All))
            {
                AddAttributes(property, property.Name);
            }

            foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            {
                AddAttributes(method, method.Name);
                foreach (var named in OfMethod(method))
                {
                    Add(named, method.Name);
                }
            }

            void Add(Type? to, string where)
            {
                foreach (var named in Expand(to).Select(Outermost).Where(t => t != from))
                {
                    uses.Add((from, named, where));
                }
            }

            void AddAttributes(MemberInfo member, string where)
            {
                foreach (var attribute in member.GetCustomAttributesData())
                {
                    Add(attribute.AttributeType, where);
                    foreach (var argument in attribute.ConstructorArguments.Select(a => a.Value).OfType<Type>())
                    {
                        Add(argument, where);
                    }
                }
            }
        }

        return [.. uses.Select(u => new TypeUse(u.From, u.To, u.Where))];
    }

    private static IEnumerable<Type> OfMethod(MethodBase method)
    {
        if (method is MethodInfo { ReturnType: var returned })
        {
            yield return returned;
        }

        foreach (var parameter in method.GetParameters())
        {
            yield return parameter.ParameterType;
        }

        if (method.GetMethodBody() is not { } body)
        {
            yield break;
        }

        foreach (var local in body.LocalVariables)
        {
            yield return local.LocalType;
        }

        foreach (var clause in body.ExceptionHandlingClauses.Where(c => c.Flags is ExceptionHandlingClauseOptions.Clause))
        {
            if (clause.CatchType is { } caught)
            {
                yield return caught;
            }
        }

        foreach (var token in Tokens(body.GetILAsByteArray() ?? []))
        {
            foreach (var named in OfMember(Resolve(method, token)))
            {
                yield return named;
            }
        }
    }

    private static IEnumerable<Type> OfMember(MemberInfo? member)
    {
        switch (member)
        {
            case Type type:
                yield return type;
                break;
            case FieldInfo field:
                yield return field.DeclaringType!;
                yield return field.FieldType;
                break;
            case MethodBase called:
                if (called.DeclaringType is { } owner)
                {
                    yield return owner;
                }

                foreach (var argument in called.IsGenericMethod ? called.GetGenericArguments() : [])
                {
                    yield return argument;
                }

                foreach (var parameter in called.GetParameters())
                {
                    yield return parameter.ParameterType;
                }

                if (called is MethodInfo { ReturnType: var returned })
                {
                    yield return returned;
                }

                break;
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod);
    }

    /// <summary>The metadata tokens in a method's instructions, ECMA-335 III.1.9.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var i = 0; i < il.Length;)
        {
            var code = il[i] == 0xFE ? OpCodesByValue[unchecked((short)(0xFE00 | il[i + 1]))] : OpCodesByValue[il[i]];
            i += code.Size;
            switch (code.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return BitConverter.ToInt32(il, i);
                    i += 4;
                    break;
                case OperandType.InlineSwitch:
                    i += 4 + (4 * BitConverter.ToInt32(il, i));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    i += 1;
                    break;
                case OperandType.InlineVar:
                    i += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    i += 8;
                    break;
                default:
                    i += 4;
                    break;
            }
        }
    }

    private static IEnumerable<Type> Expand(Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            yield break;
        }

        if (type.HasElementType)
        {
            foreach (var element in Expand(type.GetElementType()))
            {
                yield return element;
            }

            yield break;
        }

        yield return type;
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            foreach (var inner in Expand(argument))
            {
                yield return inner;
            }
        }
    }
}
